namespace Connect.Tests.Unit.Architecture.Planted.Two;

/// <summary>The other half of the cycle.</summary>
internal sealed class Second
{
    public One.First? Next { get; set; }
}
