using System.Text.Json;
using System.Text.Json.Serialization;
using XoBlazor.Core.Access;
using XoBlazor.Core.Store;

namespace XoBlazor.App.Data;

/// <summary>A grant's scope as the database keeps it: JSON with a <c>kind</c>, the same text for equal scopes.</summary>
internal static class ScopeText
{
    private static readonly JsonSerializerOptions s_options = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    /// <summary>The text to store.</summary>
    public static string Write(AccessScope scope) => JsonSerializer.Serialize(
        scope switch
        {
            AccessScope.Everything => new Form("everything"),
            AccessScope.OfPool pool => new Form("pool", pool.Pool),
            AccessScope.OfHost host => new Form("host", host.Host.Pool, host.Host.Uuid, WithVms: host.WithVms ? true : null),
            AccessScope.OfObject one => new Form("object", one.Object.Pool, one.Object.Uuid),
            AccessScope.OfVms rule => new Form("vms", rule.Pool, Filter: rule.Filter),
            _ => throw new ArgumentOutOfRangeException(nameof(scope)),
        },
        s_options);

    /// <summary>The scope, or null for a text that is none: a grant of a newer version gives nothing here.</summary>
    public static AccessScope? Read(string text)
    {
        try
        {
            return JsonSerializer.Deserialize<Form>(text, s_options) switch
            {
                { Kind: "everything" } => AccessScope.Everything.Instance,
                { Kind: "pool", Pool: { } pool } => new AccessScope.OfPool(pool),
                { Kind: "host", Pool: { } pool, Uuid: { } uuid } host => new AccessScope.OfHost(new ObjectKey(pool, uuid), host.WithVms == true),
                { Kind: "object", Pool: { } pool, Uuid: { } uuid } => new AccessScope.OfObject(new ObjectKey(pool, uuid)),
                { Kind: "vms", Filter: { } filter } rule => new AccessScope.OfVms(filter, rule.Pool),
                _ => null,
            };
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private sealed record Form(string Kind, string? Pool = null, string? Uuid = null, string? Filter = null, bool? WithVms = null);
}
