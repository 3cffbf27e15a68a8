"""Pure rules of what leaves the house: score bands, the code of a certificate."""
