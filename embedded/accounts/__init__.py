"""Who a person is: accounts and people, who may sign up, and the second step."""
