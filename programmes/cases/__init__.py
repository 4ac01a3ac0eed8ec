"""Case studies of one's own: written from the record, checked by the host and the people in it, published."""
