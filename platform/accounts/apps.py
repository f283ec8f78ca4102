"""App configuration."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "accounts"

    def ready(self) -> None:
        from allauth.account.signals import authentication_step_completed
        from django.contrib.auth.signals import user_logged_in
        from django.db.models.signals import post_save

        from accounts.devices import remember
        from accounts.messages import SENTENCES
        from accounts.receivers import address_saved, forget_unasked, keep_language, keep_proof
        from web.refusals import register
        from web.signals import language_chosen

        register(SENTENCES)
        user_logged_in.connect(remember, dispatch_uid="accounts.remember_device")
        user_logged_in.connect(forget_unasked, dispatch_uid="accounts.forget_unasked")
        post_save.connect(address_saved, sender=self.get_model("Person"), dispatch_uid="accounts.address_saved")
        language_chosen.connect(keep_language, dispatch_uid="accounts.keep_language")
        authentication_step_completed.connect(keep_proof, dispatch_uid="accounts.keep_proof")
