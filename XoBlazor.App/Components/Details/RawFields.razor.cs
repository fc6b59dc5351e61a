using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Components;
using XoBlazor.App.Components.Live;
using XoBlazor.Core.Model;
using XoBlazor.Core.Store;
using XoBlazor.Core.Xapi.Codecs;

namespace XoBlazor.App.Components.Details;

/// <summary>The tab "Advanced": an object without interpretation.</summary>
public sealed partial class RawFields
{
    private string _wanted = "";

    [Inject]
    private CircuitView View { get; set; } = default!;

    [Parameter, EditorRequired]
    public PoolPicture Picture { get; set; } = default!;

    [Parameter, EditorRequired]
    public XapiObject Object { get; set; } = default!;

    private XapiCodec Codec => XapiCodec.For(Object.Class);

    private string Json => Write(writer => Codec.Write(writer, Object), indented: true) is var json && View.SeesEverything ? json
        : AnyReference().Replace(json, m => IsShown(m.Value) ? m.Value : "(not shown)");

    private bool IsShown(string reference) => reference is XenRefText.Null || reference == Object.Ref || Picture.Get(reference) is not null;

    private bool IsWanted(XapiField field) => field.Wire.Contains(_wanted.Trim(), StringComparison.OrdinalIgnoreCase);

    private string Text(XapiField field) => Write(writer => Codec.WriteField(writer, Object, field.Index), indented: false);

    private static string Write(Action<Utf8JsonWriter> write, bool indented)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, new() { Indented = indented, SkipValidation = true }))
            write(writer);
        return Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
    }

    [GeneratedRegex("OpaqueRef:[0-9a-zA-Z-]+", RegexOptions.CultureInvariant)]
    private static partial Regex AnyReference();
}
