namespace Connect.Tests.Distributed.Security;

/// <summary>The API, wherever it runs: what it keeps in memory goes with it.</summary>
internal interface IApiInstance : IAsyncDisposable
{
    Uri Address { get; }
}
