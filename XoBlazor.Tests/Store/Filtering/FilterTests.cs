using System.Diagnostics;
using CsCheck;
using XoBlazor.Core.Model;
using XoBlazor.Core.Store;
using XoBlazor.Core.Store.Filtering;
using XoBlazor.Core.Xapi.Codecs;
using XoBlazor.Tests.Support;
using static XoBlazor.Tests.Store.StoreFixture;

namespace XoBlazor.Tests.Store.Filtering;

public sealed class FilterTests
{
    private readonly StoreFixture _fixture = new();

    public FilterTests() => _fixture.Put(
        new Pool { Ref = Ref("pool"), Uuid = PoolUuid, NameLabel = "Lab" },
        new Host { Ref = Ref("host"), Uuid = "u-host", NameLabel = "xen1" },
        new Vm
        {
            Ref = Ref("web"),
            Uuid = "u-web",
            NameLabel = "Web 1",
            PowerState = VmPowerState.Running,
            ResidentOn = new(Ref("host")),
            Tags = ["prod", "front end"],
            MemoryDynamicMax = 4L << 30,
            VcpusAtStartup = 4,
            VcpusMax = 8,
            GuestMetrics = new(Ref("guest")),
            DomainType = DomainType.Hvm,
            OtherConfig = XenMap<string, string>.Of(new KeyValuePair<string, string>("xo:backup", "yes"), new KeyValuePair<string, string>("count", "12")),
        },
        new Vm { Ref = Ref("db"), Uuid = "u-db", NameLabel = "db \"one\" chicago", NameDescription = "x", MemoryDynamicMax = 16L << 30, VcpusAtStartup = 2 },
        new Vm { Ref = Ref("tpl"), Uuid = "u-tpl", NameLabel = "Debian 12", IsATemplate = true },
        new VmGuestMetrics
        {
            Ref = Ref("guest"),
            OsVersion = XenMap<string, string>.Of(new KeyValuePair<string, string>("name", "Alpine Linux")),
            Networks = XenMap<string, string>.Of(new KeyValuePair<string, string>("0/ip", "10.71.0.101")),
        });

    private PoolPicture Picture => _fixture.Picture;

    [Theory]
    [InlineData(90_000, true)]
    [InlineData(200_000, false)]
    public void RegularExpression_OverALongHostileText_LooksThroughItsBeginningWhateverTheClock(int length, bool isFound)
    {
        var vm = new Vm { Ref = "OpaqueRef:long", Uuid = "long", NameLabel = "long", NameDescription = new string('a', length) + "!" };
        _fixture.Put(vm);
        Assert.True(FilterExpression.TryParse("name_description:/(a*)*(a|aa)+!/", out var expression, out _));
        Assert.True(expression.TryCompile(XapiClass.Vm, out var filter, out _));

        Assert.Equal(isFound, filter.Matches(Picture, vm));
    }

    [Theory]
    [InlineData("", "Debian 12,Web 1,db \"one\" chicago")]
    [InlineData("web", "Web 1")]
    [InlineData("WEB", "Web 1")]
    [InlineData("web prod", "Web 1")]
    [InlineData("web chicago", "")]
    [InlineData("|(web chicago)", "Web 1,db \"one\" chicago")]
    [InlineData("!web", "Debian 12,db \"one\" chicago")]
    [InlineData("!|(web chicago)", "Debian 12")]
    [InlineData("!(web chicago)", "Debian 12,Web 1,db \"one\" chicago")]
    [InlineData("type:VM", "Web 1,db \"one\" chicago")]
    [InlineData("type:VM-template", "Debian 12")]
    [InlineData("type:VM*", "Debian 12,Web 1,db \"one\" chicago")]
    [InlineData("power_state:running", "Web 1")]
    [InlineData("power_state:|(running halted) type:vm tags:prod", "Web 1")]
    [InlineData("name_label:\"Web 1\"", "Web 1")]
    [InlineData("name_label:\"\\\"one\\\"\"", "db \"one\" chicago")]
    [InlineData("name_label:*chi*go", "db \"one\" chicago")]
    [InlineData("name_label:chi*go", "")]
    [InlineData("name_label:/^web \\d$/i", "Web 1")]
    [InlineData("name_label:/^web \\d$/", "")]
    [InlineData("tags:\"front end\"", "Web 1")]
    [InlineData("tags:!prod", "Debian 12,db \"one\" chicago")]
    [InlineData("tags?", "Web 1")]
    [InlineData("name_description?", "db \"one\" chicago")]
    [InlineData("memory:>4GiB", "db \"one\" chicago")]
    [InlineData("memory:>=4GiB memory:<5e9", "Web 1")]
    [InlineData("memory:size:<=4294967296 type:VM", "Web 1")]
    [InlineData("CPUs:number:4", "Web 1")]
    [InlineData("cpus:4", "Web 1")]
    [InlineData("CPUs:max:>=8", "Web 1")]
    [InlineData("is_a_template:true", "Debian 12")]
    [InlineData("is_a_template?", "Debian 12")]
    [InlineData("other_config:\"xo:backup\":yes", "Web 1")]
    [InlineData("other_config:\"xo:backup\"?", "Web 1")]
    [InlineData("other_config:count:>10", "Web 1")]
    [InlineData("os_version:name:alpine", "Web 1")]
    [InlineData("os:alpine", "Web 1")]
    [InlineData("ip:10.71", "Web 1")]
    [InlineData("10.71.0.101", "Web 1")]
    [InlineData("12", "Debian 12")]
    [InlineData("host:xen1", "Web 1")]
    [InlineData("$container:u-host", "Web 1")]
    [InlineData("resident_on:name_label:xen?", "Web 1", false)]
    [InlineData("resident_on:name_label?", "Web 1")]
    [InlineData("$pool:lab", "Debian 12,Web 1,db \"one\" chicago")]
    [InlineData("virtualizationMode:hvm", "Web 1")]
    [InlineData("POWER_STATE:Running", "Web 1")]
    public void Matches_EveryForm_FindsWhatItSays(string text, string expected, bool isValid = true)
    {
        var parsed = Filter.TryParse(text, XapiClass.Vm, out var filter, out _);

        Assert.Equal(isValid, parsed);
        if (isValid)
            Assert.Equal(expected, string.Join(',', Picture.All<Vm>().Where(v => filter!.Matches(Picture, v)).Select(v => v.NameLabel).Order(StringComparer.Ordinal)));
    }

    [Theory]
    [InlineData("a (b c", 2)]
    [InlineData("a )", 2)]
    [InlineData("|a", 1)]
    [InlineData("a !", 3)]
    [InlineData("name_label:", 11)]
    [InlineData("\"open", 0)]
    [InlineData("x /abc", 2)]
    [InlineData("/a[/", 3)]
    [InlineData("/(?=a)b/", 0)]
    [InlineData("memory:>lots", 8)]
    [InlineData("a >4", 2)]
    [InlineData("a nam_label:x", 2)]
    [InlineData("resident_on:nothing:x", 12)]
    [InlineData("name_label:sub:x", 11)]
    [InlineData("00:16:3e", 0)]
    [InlineData("a?b", 2)]
    public void TryParse_Mistake_PointsAtTheCharacter(string text, int position)
    {
        var parsed = Filter.TryParse(text, XapiClass.Vm, out _, out var error);

        Assert.False(parsed);
        Assert.Equal(position, error!.Position);
        Assert.NotEmpty(error.Message);
    }

    [Fact]
    public void TryParse_MisspeltName_NamesTheNearest()
    {
        Filter.TryParse("pwer_state:running", XapiClass.Vm, out _, out var error);

        Assert.Contains("'power_state'", error!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void CompileLeniently_NameOfAnotherClass_HasNoValue()
    {
        Assert.True(FilterExpression.TryParse("!bridge:xenbr0", out var expression, out _));

        var filter = expression.CompileLeniently(XapiClass.Vm);

        Assert.All(Picture.All<Vm>(), v => Assert.True(filter.Matches(Picture, v)));
    }

    [Fact]
    public void Properties_OfEveryClass_CanBeAskedForEverything()
    {
        foreach (var codec in XapiCodec.All)
        {
            var record = (XapiObject)Activator.CreateInstance(typeof(Vm).Assembly.GetType($"{typeof(Vm).Namespace}.{codec.Class}")!)!;
            foreach (var property in FilterProperties.Of(codec.Class).All)
                _ = property.Any(Picture, record, ValueTest.Something.Test);
        }
    }

    [Fact]
    public void TryParse_AnyText_ParsesOrPointsInsideTheText()
    {
        using var run = LongRun.Of(usual: 20_000, many: 500_000);

        Gen.String[Gen.Char["ab:!|()\"\\/<>=?*. 1\n"], 0, 40].Sample(text =>
        {
            var parsed = FilterExpression.TryParse(text, out var expression, out var error);
            if (!parsed)
                return error!.Position >= 0 && error.Position <= text.Length && error.Length >= 1;
            var filter = expression!.CompileLeniently(XapiClass.Vm);
            foreach (var vm in Picture.All<Vm>())
                _ = filter.Matches(Picture, vm);
            return true;
        }, iter: run.Rounds);
    }

    [Theory]
    [InlineData("/^(a+)+$/")]
    [InlineData("/(a|aa)+$/")]
    [InlineData("/(x+x+)+y/")]
    [InlineData("/((((a{99}){99}){99}){99})/")]
    [InlineData("/(.*a){50}/")]
    [InlineData("name_label:*a*a*a*a*a*a*a*a*a*a*b")]
    public void Matches_HostilePattern_IsBoundedInTime(string pattern)
    {
        var fixture = new StoreFixture();
        fixture.Put(Enumerable.Range(0, 20).Select(i => new Vm { Ref = Ref($"v{i}"), NameLabel = new string('a', 4000) + "!", NameDescription = new string('x', 4000) }));
        var watch = Stopwatch.StartNew();

        if (Filter.TryParse(pattern, XapiClass.Vm, out var filter, out var error))
            _ = fixture.Picture.All<Vm>().Count(v => filter.Matches(fixture.Picture, v));
        else
            Assert.NotEmpty(error.Message);

        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(10), $"took {watch.Elapsed}");
    }

    [Theory]
    [InlineData("", true)]
    [InlineData("type:VM tags:production", true)]
    [InlineData("|(VCPUs_max:>2 !is_a_template?) other_config:owner:ada", true)]
    [InlineData("web", false)]
    [InlineData("resident_on:xen1", false)]
    [InlineData("tags:production !host:name_label:xen1", false)]
    [InlineData("CPUs:>2", false)]
    [InlineData("guest_metrics:os_version:distro:debian", false)]
    public void IsOwn_OnlyWhereOthersHaveNoSay(string text, bool isOwn)
    {
        Assert.True(Filter.TryParse(text, XapiClass.Vm, out var filter, out _));

        Assert.Equal(isOwn, filter.IsOwn);
    }

    [Fact]
    public void TryParse_DeepNesting_IsRefused()
    {
        var parsed = Filter.TryParse(new string('(', 2000), XapiClass.Vm, out _, out var error);

        Assert.False(parsed);
        Assert.Contains("nests", error!.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("pow", 3, "power_state:")]
    [InlineData("x power_state:ru", 16, "Running")]
    [InlineData("!(power_state:", 14, "Halted")]
    [InlineData("tags:", 5, "\"front end\"")]
    [InlineData("host:xe", 7, "xen1")]
    [InlineData("resident_on:name_label:", 23, "xen1")]
    [InlineData("is_a_template:", 14, "true")]
    public void Suggest_AtTheCaret_OffersWhatFits(string text, int caret, string expected)
    {
        var suggestions = FilterCompletion.Suggest(text, caret, XapiClass.Vm, _fixture.Store.Current);

        Assert.Contains(expected, suggestions.Select(s => s.Text));
        Assert.All(suggestions, s => Assert.True(s.Start + s.Length == caret));
    }
}
