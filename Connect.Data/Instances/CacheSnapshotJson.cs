using System.Text.Json.Serialization;
using Connect.Caching.Diagnostics;

namespace Connect.Data.Instances;

/// <summary>How snapshots are written.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(CacheSnapshot))]
internal sealed partial class CacheSnapshotJson : JsonSerializerContext;
