namespace Connect.Tests.Unit.Architecture.Planted.One;

/// <summary>Half of a cycle, for <see cref="FolderCyclesTests"/>.</summary>
internal sealed class First
{
    public Two.Second? Next { get; set; }
}
