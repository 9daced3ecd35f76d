namespace Connect.Tests.Unit.Api.Document;

/// <summary>What a difference between two documents means to consumers of the first.</summary>
public enum DifferenceKind
{
    /// <summary>Something that they rely on is not so any more.</summary>
    Breaks,

    /// <summary>They do not notice.</summary>
    Adds,

    /// <summary>Descriptions and examples.</summary>
    Words,
}

/// <summary>One difference.</summary>
/// <param name="Kind">What it means.</param>
/// <param name="Where">The operation, and the place in it.</param>
/// <param name="What">What is different.</param>
public sealed record Difference(DifferenceKind Kind, string Where, string What)
{
    public override string ToString() => $"{Where}: {What}";
}
