namespace Connect.LocalAspire.Console;

/// <summary>Takes the lines that the resources write.</summary>
internal interface IResourceLog
{
    void Write(string source, string line);
}
