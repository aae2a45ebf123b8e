"""The vendor's endpoints: what is asked, what is refused, what is answered."""
