using System.Globalization;

namespace Connect.AppHost.Commands;

/// <summary>Arguments of commands.</summary>
internal static class CommandInputs
{
    /// <summary>The boards, by the agencies that publish there.</summary>
    public static readonly string[] Boards = ["NTIS", "IITP", "TIPA", "KIMST", "KEIT", "IRIS"];

    public static InteractionInput Choice(string name, string label, string description, IEnumerable<string> values, bool required) => new()
    {
        Name = name,
        Label = label,
        Description = description,
        InputType = InputType.Choice,
        Required = required,
        Options = [.. values.Select(static value => KeyValuePair.Create(value, value))],
    };

    public static InteractionInput Number(string name, string label, string description, int value) => new()
    {
        Name = name,
        Label = label,
        Description = description,
        InputType = InputType.Number,
        Value = value.ToString(CultureInfo.InvariantCulture),
    };

    /// <summary>The number that was given; zero where none was.</summary>
    public static int Int32(this InteractionInputCollection arguments, string name) =>
        arguments.GetString(name) is { Length: > 0 } text ? int.Parse(text, NumberStyles.Integer, CultureInfo.InvariantCulture) : 0;
}
