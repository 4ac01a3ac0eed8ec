"""The editors' desk: where editions are written, looked over by a second person, published and withdrawn."""
