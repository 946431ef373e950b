"""What the product does: plain functions and small classes, without a web framework or a vendor."""
