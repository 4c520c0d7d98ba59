"""What each authority sets, from which day on: deadlines, report parts; and the working days they count."""
