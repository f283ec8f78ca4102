"""Cases: what the author asks, the patient's consent, reviews, recommendations, discussion and notices."""
