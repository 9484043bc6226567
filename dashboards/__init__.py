"""What resellers and analysts see. published snapshot + the API's word for who is looking -> Streamlit pages."""
