"""Addresses that were likely mistyped."""

from difflib import get_close_matches

USUAL = (
    "gmail.com", "hotmail.com", "hotmail.co.uk", "outlook.com", "yahoo.com", "yahoo.co.uk", "icloud.com",
    "live.co.uk", "btinternet.com", "sky.com", "aol.com", "talktalk.net", "virginmedia.com", "googlemail.com",
)  # fmt: skip


def likely(address: str) -> str:
    """The address that was likely meant, where this one is nearly a usual one; "" otherwise."""
    name, _, host = address.rpartition("@")
    host = host.casefold()
    if host in USUAL:
        return ""
    near = get_close_matches(host, USUAL, n=1, cutoff=0.85)
    return f"{name}@{near[0]}" if near else ""
