using System.Buffers.Binary;
using System.IO.Hashing;

namespace Connect.Domain.Matching;

/// <summary>The id of the match of an organization and a program.</summary>
public static class MatchId
{
    /// <summary>
    /// A version 7 UUID that depends on organization and program only: the program's own time stamp, then 74 bits
    /// of a hash of both ids. Every instance and every recomputation gives the same id.
    /// </summary>
    /// <param name="organizationId">The organization.</param>
    /// <param name="programId">The program, a version 7 UUID.</param>
    public static Guid For(Guid organizationId, Guid programId)
    {
        Span<byte> source = stackalloc byte[32];
        organizationId.TryWriteBytes(source, bigEndian: true, out _);
        programId.TryWriteBytes(source[16..], bigEndian: true, out _);

        Span<byte> id = stackalloc byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(id, XxHash128.HashToUInt128(source));
        source.Slice(16, 6).CopyTo(id);
        id[6] = (byte)((id[6] & 0x0F) | 0x70);
        id[8] = (byte)((id[8] & 0x3F) | 0x80);
        return new Guid(id, bigEndian: true);
    }
}
