"""Documents as plain content, and that content as PDF, Word, HTML and text."""
