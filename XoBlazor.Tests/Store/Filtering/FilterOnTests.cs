using CsCheck;
using XoBlazor.Core.Model;
using XoBlazor.Core.Store;
using XoBlazor.Core.Store.Filtering;
using static XoBlazor.Tests.Store.StoreFixture;

namespace XoBlazor.Tests.Store.Filtering;

/// <summary>A filter for many objects at once says of each what it says of that object alone, in every version of random small worlds.</summary>
public sealed class FilterOnTests
{
    private static readonly XapiClass[] s_asked = [XapiClass.Vm, XapiClass.Host, XapiClass.Vdi, XapiClass.Sr, XapiClass.XapiMessage, XapiClass.VmGuestMetrics, XapiClass.Vbd];

    private static readonly Gen<string> s_ref = Gen.Int[0, 8].Select(i => i == 8 ? "" : Ref($"o{i}"));

    /// <summary>Few letters so that much matches, both cases, a letter whose other case is elsewhere, and what must not part texts.</summary>
    private static readonly Gen<string> s_text = Gen.String[Gen.Char["abAB1 .|kK\u212Aß\0"], 0, 5];

    private static readonly Gen<XenMap<string, string>> s_map = Gen.Select(OneOf("name", "distro", "0/ip", "0/ipv4/1"), s_text)
        .Select(KeyValuePair.Create).Array[0, 3].Select(entries => XenMap<string, string>.Of(entries));

    private static readonly Gen<XapiObject> s_object = Gen.Select(Gen.Int[0, 7], s_ref, s_ref, s_ref, s_text, s_text, s_map, s_map)
        .Where((_, self, _, _, _, _, _, _) => self.Length > 0).Select((type, self, a, b, name, other, map, map2) => (XapiObject)(type switch
        {
            0 => new Vm { Ref = self, Uuid = other, NameLabel = name, Tags = [other, name], ResidentOn = new(a), Affinity = new(b), GuestMetrics = new(b), Vbds = [new(a), new(b)], OtherConfig = map },
            1 => new Host { Ref = self, Uuid = name, NameLabel = other, Address = name },
            2 => new VmGuestMetrics { Ref = self, OsVersion = map, Networks = map2 },
            3 => new Vdi { Ref = self, Uuid = other, NameLabel = name, Sr = new(a), Vbds = [new(b)] },
            4 => new Sr { Ref = self, Uuid = name, NameLabel = other, Type = name },
            5 => new Vbd { Ref = self, Uuid = name, Vm = new(a), Vdi = new(b), Device = other, Type = VbdType.Disk },
            6 => new Pbd { Ref = self, Uuid = name, Host = new(a), Sr = new(b) },
            _ => new XapiMessage { Ref = self, Uuid = name, ObjUuid = other, Body = name },
        }));

    private static readonly Gen<string> s_word = Gen.Select(Gen.Int[0, 6], Gen.String[Gen.Char["abAB1.kKß"], 1, 3]).Select((kind, word) => kind switch
    {
        0 => $"*{word}*",
        1 => "*",
        2 => $"/{word.Replace(".", "\\.", StringComparison.Ordinal)}/i",
        3 => "/^$/",
        4 => "1",
        5 => $"\"{word} a\"",
        _ => word,
    });

    private static readonly Gen<string> s_term = Gen.Select(
        OneOf("", "", "", "name_label:", "tags:", "ip:", "addresses:", "os:", "os_version:", "os_version:name:", "mainIpAddress:", "host:", "resident_on:", "resident_on:name_label:",
            "guest_metrics:networks:", "guest_metrics:", "VBDs:", "VBDs:device:", "SR:", "SR:name_label:", "VDI:", "object:", "type:", "id:", "other_config:"),
        s_word, Gen.Bool).Select((property, word, isNot) => $"{(isNot ? "!" : "")}{property}{word}");

    private static readonly Gen<string> s_filter = Gen.Select(s_term, s_term, Gen.Int[0, 3]).Select((a, b, form) => form switch
    {
        0 => $"{a} {b}",
        1 => $"|({a} {b})",
        _ => a,
    });

    [Fact]
    public void On_AnyFilterAnyWorld_AgreesWithMatches() => Gen.Select(s_object.Array[1, 12].Array[1, 4], s_filter.Array[1, 6]).Sample((batches, texts) =>
    {
        var fixture = new StoreFixture();
        var filters = texts.Where(t => FilterExpression.TryParse(t, out _, out _)).SelectMany(Compiled).ToList();
        foreach (var batch in batches)
        {
            fixture.Put(batch);
            foreach (var filter in filters)
            {
                var on = filter.On(fixture.Picture);
                foreach (var there in fixture.Picture.All(filter.Class))
                    Assert.True(on(there) == filter.Matches(fixture.Picture, there), $"{filter.Class} {filter.Text} on {there}");
            }
        }
    }, iter: 3_000);

    [Fact]
    public void On_PoolOfMoreThanOneChunk_FindsEveryObjectByItsOwnWordsAndItsNeighbours()
    {
        const int Count = 300;
        var fixture = new StoreFixture();
        fixture.Put(Enumerable.Range(0, Count).SelectMany(i => new XapiObject[]
        {
            new Vm { Ref = Ref($"vm{i}"), Uuid = $"u{i}", NameLabel = $"<{i}>", GuestMetrics = new(Ref($"guest{i}")) },
            new VmGuestMetrics { Ref = Ref($"guest{i}"), Networks = XenMap<string, string>.Of(KeyValuePair.Create("0/ip", $"[{i}]")) },
        }));

        for (var i = 0; i < Count; i++)
            foreach (var word in new[] { $"\"<{i}>\"", $"\"[{i}]\"", $"ip:\"[{i}]\"" })
            {
                Assert.True(Filter.TryParse(word, XapiClass.Vm, out var filter, out var error), error?.Message);
                var on = filter.On(fixture.Picture);
                Assert.Equal(Ref($"vm{i}"), Assert.Single(fixture.Picture.All<Vm>(), v => on(v)).Ref);
            }
    }

    [Theory]
    [InlineData(false, "o-vm")]
    [InlineData(true, "")]
    public void On_HaltedVmWithADisk_BelongsToTheHostOfALocalSr(bool isShared, string expected)
    {
        var fixture = new StoreFixture();
        fixture.Put(
            new Host { Ref = Ref("host"), NameLabel = "xen7" },
            new Sr { Ref = Ref("sr"), Shared = isShared },
            new Pbd { Ref = Ref("pbd"), Host = new(Ref("host")), Sr = new(Ref("sr")) },
            new Vdi { Ref = Ref("vdi"), Sr = new(Ref("sr")) },
            new Vbd { Ref = Ref("vbd"), Vm = new(Ref("vm")), Vdi = new(Ref("vdi")), Type = VbdType.Disk },
            new Vm { Ref = Ref("vm"), Uuid = "o-vm" },
            new Vm { Ref = Ref("diskless"), Uuid = "o-diskless" });

        Assert.True(Filter.TryParse("host:xen7", XapiClass.Vm, out var filter, out _));

        Assert.Equal(expected, string.Join(',', fixture.Picture.All<Vm>().Where(filter.On(fixture.Picture)).Select(v => v.Uuid)));
    }

    private static Gen<string> OneOf(params string[] words) => Gen.Int[0, words.Length - 1].Select(i => words[i]);

    private static IEnumerable<Filter> Compiled(string text) => s_asked.Select(type =>
    {
        _ = FilterExpression.TryParse(text, out var expression, out _);
        return expression!.CompileLeniently(type);
    });
}
