"""Check digits. A right one makes sure; a wrong one clears nobody: a mistyped number still tells."""


def is_cuil(digits: str) -> bool:
    """CUIL and CUIT, 11 digits: weights 5432765432, modulo 11 (ANSES; AFIP RG 10/1997)."""
    if len(digits) != 11:
        return False
    total = sum(int(d) * w for d, w in zip(digits, (5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1), strict=True))
    return total % 11 == 0


def is_cpf(digits: str) -> bool:
    """CPF, 11 digits, the last two check the others (Receita Federal); eleven of one digit are none."""
    if len(digits) != 11 or len(set(digits)) == 1:
        return False
    for length in (9, 10):
        total = sum(int(d) * w for d, w in zip(digits, range(length + 1, 1, -1), strict=False))
        if total * 10 % 11 % 10 != int(digits[length]):
            return False
    return True
