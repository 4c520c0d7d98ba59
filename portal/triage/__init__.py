"""The contact team works its queue: takes what came in, reads it, decides; chases what has not come."""
