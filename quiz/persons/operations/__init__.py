"""Operations that change rows. They flush and never commit: the door does, once per request."""
