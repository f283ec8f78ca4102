"""Types of fields that several commands share."""

from typing import Annotated

import msgspec

# Printable ASCII, and never what a database cannot be asked about (NUL, lone surrogates). Unknown ids are well formed.
PublicId = Annotated[str, msgspec.Meta(pattern=r"^[ -~]{1,64}$")]
