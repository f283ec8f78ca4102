"""The transport: sockets, the hub, the writer. Nothing else in the project knows them."""
