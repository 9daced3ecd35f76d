using System.Buffers.Binary;
using System.Text;

namespace Connect.Tests.Distributed.Telemetry;

/// <summary>The fields of one Protobuf message, as they were sent: enough to read what is exported, without its schema.</summary>
internal sealed class ProtobufFields
{
    private readonly ILookup<int, ReadOnlyMemory<byte>> _fields;

    public ProtobufFields(ReadOnlyMemory<byte> message) => _fields = Split(message).ToLookup(field => field.Number, field => field.Content);

    public bool Has(int number) => _fields.Contains(number);

    /// <summary>The messages of a repeated field.</summary>
    public IEnumerable<ProtobufFields> Messages(int number) => _fields[number].Select(content => new ProtobufFields(content));

    public ProtobufFields? Message(int number) => Messages(number).FirstOrDefault();

    public string Text(int number) => Encoding.UTF8.GetString(_fields[number].FirstOrDefault().Span);

    /// <summary>An id; empty where there is none.</summary>
    public string Hex(int number) => Convert.ToHexStringLower(_fields[number].FirstOrDefault().Span);

    public long Number(int number) => Has(number) ? BinaryPrimitives.ReadInt64LittleEndian(_fields[number].First().Span) : 0;

    // Numbers are kept in eight bytes, whatever their length on the wire.
    private static IEnumerable<(int Number, ReadOnlyMemory<byte> Content)> Split(ReadOnlyMemory<byte> message)
    {
        for (var at = 0; at < message.Length;)
        {
            var tag = ReadVarint(message.Span, ref at);
            var content = (tag & 7) switch
            {
                0 => Bytes(ReadVarint(message.Span, ref at)),
                1 => Take(message, ref at, 8),
                2 => Take(message, ref at, (int)ReadVarint(message.Span, ref at)),
                5 => Take(message, ref at, 4),
                var kind => throw new FormatException($"Wire type {kind}."),
            };
            yield return ((int)(tag >> 3), content);
        }
    }

    private static ReadOnlyMemory<byte> Take(ReadOnlyMemory<byte> message, ref int at, int length)
    {
        var content = message.Slice(at, length);
        at += length;
        return content;
    }

    private static byte[] Bytes(ulong value)
    {
        var bytes = new byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, value);
        return bytes;
    }

    private static ulong ReadVarint(ReadOnlySpan<byte> message, ref int at)
    {
        ulong value = 0;
        for (var shift = 0; ; shift += 7)
        {
            var next = message[at++];
            value |= (ulong)(next & 0x7F) << shift;
            if ((next & 0x80) == 0)
            {
                return value;
            }
        }
    }
}
