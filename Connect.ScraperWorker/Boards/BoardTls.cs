namespace Connect.ScraperWorker.Boards;

/// <summary>The oldest TLS that a board's connection accepts.</summary>
internal enum BoardTls
{
    /// <summary>The system's and the runtime's defaults.</summary>
    Default,

    /// <summary>
    /// TLS 1.2 also with key exchange by RSA, CBC, keys of 1,024 bits and signatures by SHA-1, as old public sites have. Certificates
    /// are checked as ever. On Linux only; elsewhere the system decides about ciphers, and allows most of these.
    /// </summary>
    Legacy,
}
