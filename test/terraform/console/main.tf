# The module in which the expressions of console-expressions.ts are evaluated, by terraform console and by the evaluator.

variable "password" {
  default   = "hunter2"
  sensitive = true
}

variable "names" {
  default = ["alice", "bob", "carol"]
}

variable "job" {
  default = {
    image   = "nginx"
    memory  = 512
    enabled = true
    tags    = ["a", "b"]
  }
}

locals {
  heredoc = <<EOT
  one
    two
three
EOT

  indented = <<-EOT
    one
      two

    three
  EOT

  indented_uneven = <<-EOT
      one
    two
        three
    EOT

  indented_template = <<-EOT
    a ${1 + 1} b
      ${"  spaces"}
    %{if true}yes%{else}no%{endif}
    %{for n in ["x", "y"]}
      - ${n}
    %{endfor}
    end
  EOT

  stripped = <<-EOT
    before
    %{~if true~}
      inside
    %{~endif~}
    after ${~"tight"~}   end
    %{for n in [1, 2, 3]~}
    item ${n}
    %{endfor~}
    last
  EOT

  stripped_plain = <<EOT
%{if true~}
  hello
%{~else~}
  bye
%{~endif}
EOT

  escapes = <<EOT
$${not} %%{not} $$${1} \n "quotes" $ % { } $x %y
EOT

  tabs = <<-EOT
	tab
		two tabs
	EOT

  json = <<EOT
{
  "image": "${var.job.image}",
  "memory": ${var.job.memory},
  "secrets": ${jsonencode([{ name = "A", valueFrom = "arn:x" }])},
  "names": [%{for i, n in var.names}%{if i > 0}, %{endif}"${n}"%{endfor}]
}
EOT

  multiline = {
    (var.job.image) = 1
    "quoted key"    = 2
    plain           = 3
    4               = "four"
    true            = "yes"
  }

  nested_for = flatten([
    for name in var.names : [
      for tag in var.job.tags : {
        id = "${name}-${tag}"
      } if name != "bob"
    ]
  ])

  chained = (
    length(var.names) > 5 ? "many" :
    length(var.names) > 2 ? "some" :
    length(var.names) > 0 ? "few" : "none"
  )

  functional = join("", [
    "a",
    "b", # comment
    /* another */ "c",
  ])

  call_with_heredoc = trimspace(<<EOT
   padded
EOT
  )

  template = "Hello, $${name}! You have $${count} $${count == 1 ? \"message\" : \"messages\"}."
  conditional_block = "%{if 1 > 2}a%{else}b%{endif}"
  empty_heredoc     = <<EOT
EOT

  newline_after_operator = (1 +
  2)

  object_with_lines = { a = 1
    (var.job.image) = 2
  }
}
