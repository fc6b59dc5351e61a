using XoBlazor.App.Components.Details;
using XoBlazor.App.Components.Live;
using XoBlazor.Core.Model;
using XoBlazor.Core.Xapi.Codecs;
using XoBlazor.Tests.Store.Facts;

namespace XoBlazor.Tests.Components.Details;

public sealed class FieldTextTests
{
    private static readonly XapiCodec s_vm = XapiCodec.For(XapiClass.Vm);

    [Theory]
    [InlineData("name_label", "\"a\"", "\"b\"", "Name: a → b")]
    [InlineData("memory_static_max", "1073741824", "\"2147483648\"", "Memory static max: 1 GiB → 2 GiB")]
    [InlineData("is_a_template", "false", "true", "Is a template: no → yes")]
    [InlineData("resident_on", "\"OpaqueRef:NULL\"", "\"OpaqueRef:h\"", "Runs on: nothing → alpha")]
    [InlineData("resident_on", "\"OpaqueRef:h\"", "\"OpaqueRef:lost\"", "Runs on: alpha → (gone)")]
    [InlineData("tags", "[\"a\",\"b\"]", "[\"b\",\"c\"]", "Tags: a → ;Tags:  → c")]
    [InlineData("other_config", "{\"k\":\"1\",\"same\":\"x\"}", "{\"k\":\"2\",\"same\":\"x\",\"new\":\"y\"}", "Other config · k: 1 → 2;Other config · new:  → y")]
    [InlineData("snapshot_time", "\"19700101T00:00:00Z\"", "\"20261122T13:58:47Z\"", "Snapshot time: never → 2026-11-22 13:58:47 UTC")]
    [InlineData("name_label", null, "\"<b>\"", "Name:  → <b>")]
    [InlineData("name_label", "not json", "\"b\"", "Name: not json → b")]
    public void Lines_OfAField_ReadAsOldAndNew(string field, string? before, string? after, string expected)
    {
        var text = new FieldText(PictureOf.Objects(new Host { Ref = "OpaqueRef:h", Uuid = "h", NameLabel = "alpha" }), new UserZone());

        var lines = text.Lines(s_vm.FindField(field), field, before, after);

        Assert.Equal(expected, string.Join(';', lines.Select(l => $"{l.Label}: {l.Before} → {l.After}")));
    }
}
