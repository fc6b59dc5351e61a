using System.Collections.Immutable;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using XoBlazor.App.Api.XoObjects.Shapes;
using XoBlazor.Core.Model;
using XoBlazor.Core.Store;

namespace XoBlazor.App.Api.XoObjects;

/// <summary>
/// Writes objects as Xen Orchestra shapes them, straight from a picture: what a field has no value for is absent, and links lead only to what
/// the picture shows. Nothing is kept, so nothing is ever stale. For one thread; the shapes in <c>Shapes/</c> do the writing.
/// Facts: xo-server's xapi-object-to-xo, as described and compared with its answers in <c>docs/api-objects.md</c>.
/// </summary>
internal sealed class XoShape(Utf8JsonWriter json)
{
    /// <summary>Only what JSON itself asks for is escaped, as in Xen Orchestra's answers. The writer's callers know the depth of what they write.</summary>
    public static JsonWriterOptions Options { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    private PoolPicture? _pool;

    public Utf8JsonWriter Json => json;

    public PoolPicture Pool => _pool ?? throw new InvalidOperationException("Nothing is being written.");

    /// <summary>Told which fields of which other records an object was made from, beyond whether those it refers to itself exist.</summary>
    public Action<XapiObject, FieldSet>? Noted { get; init; }

    /// <summary>The object of a record whose class has one (<see cref="XoTypes.Has(XapiClass)"/>).</summary>
    public void Write(PoolPicture pool, XapiObject value)
    {
        _pool = pool;
        json.WriteStartObject();
        json.WriteString("id"u8, XoIds.Of(pool, value));
        json.WriteString("type"u8, XoTypes.Of(pool, value));
        if (value is PoolPatch)
            json.WriteString("uuid"u8, value.Ref);
        else if (value.Uuid.Length > 0)
            json.WriteString("uuid"u8, value.Uuid);
        json.WriteString("$pool"u8, pool.Uuid);
        json.WriteString("$poolId"u8, pool.Uuid);
        json.WriteString("_xapiRef"u8, value.Ref);
        Body(value);
        json.WriteEndObject();
    }

    /// <summary>Another record that has a say in this object, and which of its fields do.</summary>
    public T? Read<T>(XenRef<T> reference, params ReadOnlySpan<int> fields) where T : XapiObject => Note(Pool.Get(reference), fields);

    /// <inheritdoc cref="Read"/>
    public T? Note<T>(T? there, params ReadOnlySpan<int> fields) where T : XapiObject
    {
        if (there is not null && Noted is not null)
            Noted(there, fields.IsEmpty ? FieldSet.All : FieldSet.Of(fields));
        return there;
    }

    public void Link<T>(ReadOnlySpan<byte> name, XenRef<T> reference) where T : XapiObject => Link(name, Pool.Get(reference));

    public void Link(ReadOnlySpan<byte> name, XapiObject? there)
    {
        if (there is not null)
            json.WriteString(name, XoIds.Of(Pool, there));
    }

    public void Links<T>(ReadOnlySpan<byte> name, ImmutableArray<XenRef<T>> references) where T : XapiObject
    {
        json.WriteStartArray(name);
        foreach (var reference in references)
            if (Pool.Get(reference) is { } there)
                json.WriteStringValue(XoIds.Of(Pool, there));
        json.WriteEndArray();
    }

    public void Texts(ReadOnlySpan<byte> name, ImmutableArray<string> texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts)
            json.WriteStringValue(text);
        json.WriteEndArray();
    }

    public void Words<T>(ReadOnlySpan<byte> name, EnumSet<T> values) where T : struct, Enum
    {
        json.WriteStartArray(name);
        foreach (var value in values)
            json.WriteStringValue(EnumText<T>.Wire(value));
        json.WriteEndArray();
    }

    public void Word<T>(ReadOnlySpan<byte> name, T value) where T : struct, Enum => json.WriteString(name, EnumText<T>.Wire(value));

    public void Map(ReadOnlySpan<byte> name, XenMap<string, string> map)
    {
        json.WriteStartObject(name);
        foreach (var (key, value) in map.Entries)
            json.WriteString(key, value);
        json.WriteEndObject();
    }

    /// <summary>The operations under way by the task that runs each, as the host names it.</summary>
    public void Operations<T>(XenMap<string, T> operations) where T : struct, Enum
    {
        json.WriteStartObject("current_operations"u8);
        foreach (var (task, operation) in operations.Entries)
            json.WriteString(task, EnumText<T>.Wire(operation));
        json.WriteEndObject();
    }

    public void TextOf(ReadOnlySpan<byte> name, XenMap<string, string> map, string key)
    {
        if (map.TryGetValue(key, out var text))
            json.WriteString(name, text);
    }

    public void TruthOf(ReadOnlySpan<byte> name, XenMap<string, string> map, string key) => json.WriteBoolean(name, IsTrue(map, key));

    /// <summary>Seconds since 1970, or null for never.</summary>
    public void Time(ReadOnlySpan<byte> name, DateTimeOffset? time)
    {
        if (time is { } moment && moment != DateTimeOffset.UnixEpoch)
            json.WriteNumber(name, moment.ToUnixTimeSeconds());
        else
            json.WriteNull(name);
    }

    /// <summary>A number that a host keeps as a text; null where it is none.</summary>
    public void NumberOf(ReadOnlySpan<byte> name, XenMap<string, string> map, string key)
    {
        if (map.TryGetValue(key, out var text) && long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
            json.WriteNumber(name, number);
        else
            json.WriteNull(name);
    }

    public static bool IsTrue(XenMap<string, string> map, string key) => map.TryGetValue(key, out var text) && text == "true";

    private void Body(XapiObject value)
    {
        switch (value)
        {
            case Pool x: PoolShape.Write(this, x); break;
            case Host x: HostShape.Write(this, x); break;
            case Vm x: VmShape.Write(this, x); break;
            case Sr x: SrShape.Write(this, x); break;
            case Sm x: SmShape.Write(this, x); break;
            case Pbd x: PbdShape.Write(this, x); break;
            case Vdi x: VdiShape.Write(this, x); break;
            case Vbd x: VbdShape.Write(this, x); break;
            case Network x: NetworkShape.Write(this, x); break;
            case Pif x: PifShape.Write(this, x); break;
            case Vif x: VifShape.Write(this, x); break;
            case Bond x: BondShape.Write(this, x); break;
            case Pci x: PciShape.Write(this, x); break;
            case Pgpu x: PgpuShape.Write(this, x); break;
            case Vgpu x: VgpuShape.Write(this, x); break;
            case GpuGroup x: GpuGroupShape.Write(this, x); break;
            case VgpuType x: VgpuTypeShape.Write(this, x); break;
            case Vtpm x: Link("vm"u8, x.Vm); break;
            case Pusb x: PusbShape.Write(this, x); break;
            case Vusb x: VusbShape.Write(this, x); break;
            case UsbGroup x: UsbGroupShape.Write(this, x); break;
            case XapiMessage x: MessageShape.Write(this, x); break;
            case XapiTask x: TaskShape.Write(this, x); break;
            case HostPatch x: PatchShape.Write(this, x); break;
            case PoolPatch x: PoolPatchShape.Write(this, x); break;
            default: throw new ArgumentException($"A {value.Class} has no object.", nameof(value));
        }
    }
}
