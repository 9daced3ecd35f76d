using System.Globalization;
using System.Linq.Expressions;
using System.Text;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace Connect.Caching.Invalidation;

/// <summary>
/// A declared tag: constants and properties of an entity. The model keeps it as text, which migrations can contain,
/// with properties in braces, as in <c>product:{Id}</c>, and other braces doubled. Properties whose changes do not evict it follow with
/// a minus, as in <c>product:{Id}{-Note}</c>.
/// </summary>
internal sealed class TagTemplate
{
    private const char Except = '-';

    private readonly List<(string Text, bool IsProperty)> _parts;

    private TagTemplate(List<(string Text, bool IsProperty)> parts, IReadOnlyList<string> exceptions) =>
        (_parts, Exceptions) = (parts, exceptions);

    /// <summary>Names of the properties whose changes do not evict the tag.</summary>
    public IReadOnlyList<string> Exceptions { get; }

    /// <summary>Reads the expressions of a tag, and of the properties that do not evict it.</summary>
    /// <exception cref="ArgumentException">They contain more than constants and properties of the entity.</exception>
    public static TagTemplate Of<T>(Expression<Func<T, string>> tag, Expression<Func<T, object?>>? exceptFor = null)
    {
        var parts = new List<(string, bool)>();
        Read(tag.Body, tag.Parameters[0], parts);
        return new(parts, exceptFor is null ? [] : ExceptionsOf(exceptFor.Body, exceptFor.Parameters[0]));
    }

    /// <summary>Reads the text of a template.</summary>
    public static TagTemplate Parse(string text)
    {
        var parts = new List<(string, bool)>();
        var exceptions = new List<string>();
        AddFormat(
            text,
            name =>
            {
                if (name.StartsWith(Except))
                {
                    exceptions.Add(name[1..]);
                }
                else
                {
                    parts.Add((name, true));
                }
            },
            parts);
        return new(parts, exceptions);
    }

    /// <summary>The tag of an entity.</summary>
    public string Fill(PropertyValues values) => string.Concat(_parts.Select(part => part.IsProperty
        ? Convert.ToString(values[part.Text], CultureInfo.InvariantCulture)
        : part.Text));

    public override string ToString() => string.Concat(_parts.Select(part => part.IsProperty
        ? $"{{{part.Text}}}"
        : part.Text.Replace("{", "{{", StringComparison.Ordinal).Replace("}", "}}", StringComparison.Ordinal)))
        + string.Concat(Exceptions.Select(name => $"{{{Except}{name}}}"));

    private static string[] ExceptionsOf(Expression expression, ParameterExpression entity) => expression switch
    {
        UnaryExpression { NodeType: ExpressionType.Convert, Operand: var operand } => ExceptionsOf(operand, entity),
        NewExpression { Members: not null, Arguments: var properties } => [.. properties.SelectMany(property => ExceptionsOf(property, entity))],
        MemberExpression { Expression: { } owner, Member.Name: var name } when owner == entity => [name],
        _ => throw new ArgumentException($"Properties of the entity are excepted, not '{expression}'."),
    };

    private static void Read(Expression expression, ParameterExpression entity, List<(string, bool)> parts)
    {
        switch (expression)
        {
            case UnaryExpression { NodeType: ExpressionType.Convert or ExpressionType.ConvertChecked, Operand: var operand }:
                Read(operand, entity, parts);
                break;
            case MemberExpression { Expression: { } owner, Member.Name: var name } when owner == entity:
                parts.Add((name, true));
                break;
            case BinaryExpression { NodeType: ExpressionType.Add } sum:
                Read(sum.Left, entity, parts);
                Read(sum.Right, entity, parts);
                break;
            case MethodCallExpression { Method.Name: nameof(string.Concat), Object: null } concat when concat.Method.DeclaringType == typeof(string):
                foreach (var argument in ArgumentsOf(concat.Arguments))
                {
                    Read(argument, entity, parts);
                }

                break;
            case MethodCallExpression { Method.Name: nameof(string.Format), Object: null } format
                when format.Method.DeclaringType == typeof(string) && format.Arguments[0] is ConstantExpression { Value: string text }:
                var arguments = ArgumentsOf(format.Arguments.Skip(1)).ToList();
                AddFormat(text, place => Read(arguments[int.Parse(place, CultureInfo.InvariantCulture)], entity, parts), parts);
                break;
            case MethodCallExpression { Method.Name: nameof(ToString), Object: { } value, Arguments.Count: 0 }:
                Read(value, entity, parts);
                break;
            default:
                parts.Add((ConstantOf(expression, entity), false));
                break;
        }
    }

    private static IEnumerable<Expression> ArgumentsOf(IEnumerable<Expression> arguments) =>
        arguments.SelectMany(argument => argument is NewArrayExpression array ? (IEnumerable<Expression>)array.Expressions : [argument]);

    private static string ConstantOf(Expression expression, ParameterExpression entity) => new ParameterSearch(entity).IsIn(expression)
        ? throw new ArgumentException($"A declared tag consists of constants and of the entity's properties, not of '{expression}'.")
        : Convert.ToString(
            Expression.Lambda<Func<object?>>(Expression.Convert(expression, typeof(object))).Compile()(), CultureInfo.InvariantCulture) ?? "";

    // Adds the text outside of braces; addHole is called for each text inside of them.
    private static void AddFormat(string format, Action<string> addHole, List<(string, bool)> parts)
    {
        var text = new StringBuilder();
        for (var place = 0; place < format.Length; place++)
        {
            var character = format[place];
            if (character is '{' or '}' && place + 1 < format.Length && format[place + 1] == character)
            {
                text.Append(character);
                place++;
            }
            else if (character == '{')
            {
                var end = format.IndexOf('}', place);
                parts.Add((text.ToString(), false));
                text.Clear();
                addHole(end < 0 || format.AsSpan(place, end - place).IndexOfAny(',', ':') >= 0
                    ? throw new ArgumentException($"A declared tag formats its values plainly, not as in '{format}'.")
                    : format[(place + 1)..end]);
                place = end;
            }
            else
            {
                text.Append(character);
            }
        }

        parts.Add((text.ToString(), false));
    }

    private sealed class ParameterSearch(ParameterExpression entity) : ExpressionVisitor
    {
        private bool _found;

        public bool IsIn(Expression expression)
        {
            Visit(expression);
            return _found;
        }

        protected override Expression VisitParameter(ParameterExpression node)
        {
            _found |= node == entity;
            return node;
        }
    }
}
