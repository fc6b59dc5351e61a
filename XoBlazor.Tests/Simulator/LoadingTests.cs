using System.Text;
using XoBlazor.Simulator;
using XoBlazor.Simulator.Data;
using XoBlazor.Simulator.Datamodel;
using XoBlazor.Simulator.Loading;
using XoBlazor.Tests.Support;

namespace XoBlazor.Tests.Simulator;

public sealed class LoadingTests
{
    [Theory]
    [InlineData("one-host-checkpoints.xml", "midnight-ride")]
    [InlineData("one-host-patches.xml", "midnight-ride")]
    [InlineData("two-hosts-vlans-bonds.xml", "cowley")]
    [InlineData("two-hosts-vapps.xml", "boston")]
    [InlineData("two-hosts-snapshots.xml", "tampa")]
    [InlineData("two-hosts-modern.xml", "24.19.2")]
    public void Load_OfRealPool_KnowsItsAge(string name, string release)
    {
        var db = Load(name);

        Assert.Equal(XapiDatamodel.Embedded.FindRelease(release), db.Schema.Release);
    }

    [Theory]
    [InlineData("one-host-checkpoints.xml")]
    [InlineData("one-host-patches.xml")]
    [InlineData("two-hosts-vlans-bonds.xml")]
    [InlineData("two-hosts-vapps.xml")]
    [InlineData("two-hosts-snapshots.xml")]
    [InlineData("two-hosts-modern.xml")]
    public void Load_OfRealPool_KeepsEveryRowAndBothEndsOfEveryRelation(string name)
    {
        var file = DatabaseFile.Read(SharedData.Path("data", "pools", name));

        var db = PoolLoader.Load(file);

        foreach (var (table, rows) in file.Tables.Where(t => t.Key is not ("console" or "session" or "task")))
            if (db.Schema.FindClassIgnoringCase(table) is { } type && db.FindTable(type.Name) is { } loaded)
                Assert.All(rows, row => Assert.NotNull(loaded.Find(row.Ref)));
        foreach (var vbd in db.All("VBD"))
            if (vbd.Follow("VM", "VM") is { } vm)
                Assert.Contains(vbd.Ref, vm["VBDs"].AsTexts);
        Assert.All(db.Where("VM", "power_state", "Running"), vm => Assert.NotNull(vm.Follow("resident_on", "host")));
        Assert.All(db.Where("VM", "power_state", "Halted"), vm => Assert.Null(vm.Follow("resident_on", "host")));
    }

    [Fact]
    public void Load_OfOldPool_HasNoFieldsOrClassesOfLater()
    {
        var db = Load("two-hosts-vlans-bonds.xml");

        Assert.Null(db.Schema["VM"].Find("domain_type"));
        Assert.Null(db.Schema["pool"].Find("coordinator_bias"));
        Assert.Null(db.Schema.FindClass("Certificate"));
        Assert.Null(db.Schema.FindCall("VM.get_domain_type"));
        Assert.NotNull(db.Schema.FindCall("VM.get_name_label"));
    }

    [Fact]
    public void Load_AsLaterVersion_UpgradesAsARealHostWould()
    {
        var file = DatabaseFile.Read(SharedData.Path("data", "pools", "two-hosts-vlans-bonds.xml"));

        var db = PoolLoader.Load(file, XapiDatamodel.Embedded.FindRelease("24.19.2"));

        var templates = db.All("VM").Where(vm => vm["other_config"].AsMap["default_template"] is not null).ToList();
        Assert.NotEmpty(templates);
        Assert.All(templates, vm => Assert.True(vm.Bool("is_default_template")));
        Assert.All(db.All("VM"), vm => Assert.Equal(vm.Text("HVM_boot_policy").Length > 0 ? "hvm" : "pv", vm.Text("domain_type")));
        Assert.All(db.All("SM"), sm => Assert.Equal(sm["capabilities"].AsSet.Length, sm["features"].AsMap.Entries.Length));
        Assert.Equal("24.19.2", db.Coordinator["software_version"].AsMap["xapi_build"]?.AsText);
        Assert.Equal(2, db.Coordinator.Int("API_version_major"));
    }

    [Theory]
    [InlineData("('a' 'b')", new[] { "a", "b" })]
    [InlineData("()", new string[0])]
    [InlineData("('destroy' 'export' 'revert' ", new[] { "destroy", "export", "revert" })]
    [InlineData("(\"a\\\"b\" 'c\\'d' bare) ; a comment", new[] { "a\"b", "c'd", "bare" })]
    [InlineData("((((((((((((", new string[0])]
    [InlineData("no list at all", new string[0])]
    public void Set_OfAnyDamage_IsReadAsFarAsItGoes(string text, string[] expected)
    {
        var tags = XapiDatamodel.Embedded.At(Release.Latest)["VM"].Find("tags")!;

        var value = ValueText.Parse(text, tags, XapiDatamodel.Embedded, t => t);

        Assert.Equal(expected, value.AsTexts);
    }

    [Theory]
    [InlineData("a%.b%_c%td%n%%", "a b  c\td\n%")]
    [InlineData("%x stays, % too, and %", "%x stays, % too, and %")]
    public void Unprotect_OfEscapes_GivesTheText(string text, string expected) => Assert.Equal(expected, ValueText.Unprotect(text));

    [Theory]
    [InlineData("<html><body/></html>", "is not a xapi database: it starts with <html>")]
    [InlineData("", "is not a xapi database")]
    [InlineData("{\"json\": true}", "is not a xapi database")]
    [InlineData("<database><manifest/><table name=\"VM\"><row ref=\"OpaqueRef:1\"/><row ref=\"Opa", "cut off at line 1, after 1 objects")]
    [InlineData("<database><manifest/><table name=\"VM\"/></database>", "holds no pool with a host")]
    [InlineData("<!DOCTYPE database [<!ENTITY a \"b\">]><database/>", "DTD")]
    public void Read_OfWhatIsNoDatabase_SaysWhy(string content, string expected)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(content));

        var failure = Assert.Throws<SimulatorException>(() => DatabaseFile.Read(stream, "some.xml"));

        Assert.StartsWith("some.xml", failure.Message, StringComparison.Ordinal);
        Assert.Contains(expected, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_OfAbsentFile_NamesItAndTheNextStep()
    {
        var failure = Assert.Throws<SimulatorException>(() => DatabaseFile.Read("/nowhere/pool.xml"));

        Assert.Contains("/nowhere/pool.xml", failure.Message, StringComparison.Ordinal);
        Assert.Contains("Give the path", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_OfRealFileCutAnywhere_NeverBreaksOtherwise()
    {
        var whole = SharedData.Bytes("data", "pools", "two-hosts-modern.xml");

        for (var length = 0; length < whole.Length - 20; length += 997)
        {
            using var stream = new MemoryStream(whole, 0, length);
            Assert.Throws<SimulatorException>(() => PoolLoader.Load(DatabaseFile.Read(stream, "cut.xml")));
        }
    }

    private static Database Load(string name) => PoolLoader.Load(DatabaseFile.Read(SharedData.Path("data", "pools", name)));
}
