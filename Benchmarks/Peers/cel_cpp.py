"""The C++ engine of CEL, through its Python binding: single evaluations."""

import peer
from cel_expr_python import cel
from cel_expr_python.ext import ext_math, ext_strings

PACKAGE = "cel-expr-python"


def compile_expression(source, variables):
    environment = cel.NewEnv(
        variables={name: cel.Type.DYN for name in variables},
        extensions=[ext_math.ExtMath(), ext_strings.ExtStrings()],
    )
    expression = environment.compile(source)
    activation = environment.Activation(variables)

    value = expression.eval(activation)
    if value.type() == cel.Type.ERROR:
        raise ValueError(str(value))

    def run():
        return expression.eval(activation).plain_value()

    return run


if __name__ == "__main__":
    peer.expressions(compile_expression)
