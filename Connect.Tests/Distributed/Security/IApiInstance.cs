namespace Connect.Tests.Distributed.Security;

/// <summary>An instance of the API, in this process or another.</summary>
internal interface IApiInstance : IAsyncDisposable
{
    Uri Address { get; }
}
