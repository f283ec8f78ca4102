"""Files of a case: uploads, sanitising, serving, the viewer and annotations."""
