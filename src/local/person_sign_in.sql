update self
set device = :device, author = :author, name = :name, token = :token, signed_out = null
