"""Packs: several documents, or parts of them, as one PDF or ZIP under an address that stays true."""
