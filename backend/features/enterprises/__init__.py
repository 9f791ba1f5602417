"""The register of enterprises, the credit code, the signed QR code."""
