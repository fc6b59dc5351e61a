using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using XoBlazor.Core.Model;
using XoBlazor.Core.Xapi.Codecs;
using XoBlazor.Tests.Support;

namespace XoBlazor.Tests.Xapi.Codecs;

public sealed class CodecTests
{
    public static TheoryData<XapiClass> Classes => [.. Enum.GetValues<XapiClass>()];

    [Fact]
    public void ReadThenWrite_AllRecordsOfARealPool_NothingIsLost()
    {
        var context = new DecodeContext();
        var classes = JsonNode.Parse(SharedData.Bytes("data", "xapi-paired", "modern", "get_all_records.json"))!.AsObject();
        var records = 0;

        foreach (var (type, answer) in classes)
        {
            if (XapiCodec.Find(type) is not { } codec || answer!["result"] is not JsonObject all)
                continue;
            foreach (var (reference, record) in all)
            {
                var json = Encoding.UTF8.GetBytes(record!.ToJsonString());
                AssertSame(codec, record.AsObject(), Rewritten(codec, codec.Read(json, reference, null, context)));
                records++;
            }
        }

        Assert.InRange(records, 80, int.MaxValue);
    }

    [Fact]
    public void Read_AMapOfWhichAValueChanged_KeepsItsKeys()
    {
        var codec = XapiCodec.For(XapiClass.Vm);
        var before = (Vm)codec.Read("""{"other_config":{"aaa":"1","bbb":"2"}}"""u8, "OpaqueRef:1", null, new());

        var after = (Vm)codec.Read("""{"other_config":{"aaa":"1","bbb":"3"}}"""u8, "OpaqueRef:1", before, new());

        Assert.Equal("3", after.OtherConfig["bbb"]);
        Assert.Equal(before.OtherConfig.Keys, after.OtherConfig.Keys, ReferenceEqualityComparer.Instance);
    }

    [Theory]
    [InlineData("OpaqueRef:1", true)]
    [InlineData("OpaqueRef:2", false)]
    [InlineData("OpaqueRef:\u00e9", false)]
    public void Read_AReferenceThatThePictureHolds_IsItsString(string reference, bool isHeld)
    {
        const string Held = "OpaqueRef:1";
        var context = new DecodeContext(text => text.SequenceEqual(Held) ? Held : null);

        var vm = (Vm)XapiCodec.For(XapiClass.Vm).Read(Encoding.UTF8.GetBytes($$"""{"resident_on":"{{reference}}"}"""), "OpaqueRef:0", null, context);

        Assert.Equal(reference, vm.ResidentOn.Value);
        Assert.Equal(isHeld, ReferenceEquals(Held, vm.ResidentOn.Value));
    }

    [Theory]
    [MemberData(nameof(Classes))]
    public void Compare_OneFieldDiffers_NamesThatFieldOnly(XapiClass type)
    {
        var codec = XapiCodec.For(type);
        var context = new DecodeContext();
        var blank = codec.Read("{}"u8, "OpaqueRef:1", null, context);

        foreach (var field in codec.Fields)
        {
            var one = Read(codec, field, SampleJson.Of(field.Type, 1), context);
            var same = Read(codec, field, SampleJson.Of(field.Type, 1), new());
            var other = Read(codec, field, SampleJson.Of(field.Type, 2), context);

            Assert.Equal(FieldSet.Of(field.Index), codec.Compare(blank, one));
            Assert.Equal(FieldSet.Of(field.Index), codec.Compare(one, other));
            Assert.True(codec.Compare(one, same).IsEmpty, field.Wire);
        }
    }

    [Theory]
    [MemberData(nameof(Classes))]
    public void WriteField_EveryField_IsReadBackAsTheSame(XapiClass type)
    {
        var codec = XapiCodec.For(type);
        var members = codec.Fields.Select(f => $"\"{f.Wire}\":{SampleJson.Of(f.Type, 1)}");
        var full = codec.Read(Encoding.UTF8.GetBytes("{" + string.Join(',', members) + "}"), "OpaqueRef:1", null, new());

        var again = codec.Read(Encoding.UTF8.GetBytes(Rewritten(codec, full).ToJsonString()), "OpaqueRef:1", null, new());

        Assert.True(codec.Compare(full, again).IsEmpty);
        Assert.Equal(codec.Fields.Length, codec.Compare(full, codec.Read("{}"u8, "", null, new())).Count);
    }

    [Theory]
    [MemberData(nameof(Classes))]
    public void VisitReferences_EveryReferenceField_IsNamed(XapiClass type)
    {
        var codec = XapiCodec.For(type);
        var members = codec.Fields.Select(f => $"\"{f.Wire}\":{SampleJson.Of(f.Type, 1)}");
        var full = codec.Read(Encoding.UTF8.GetBytes("{" + string.Join(',', members) + "}"), "OpaqueRef:1", null, new());
        var heard = new Visits();

        codec.VisitReferences(full, heard);

        Assert.Equal(codec.Fields.Where(f => f.Type.Contains(" ref", StringComparison.Ordinal)).Select(f => f.Index), heard.Fields.Distinct().Order());
    }

    [Fact]
    public void Read_UnknownMembersAndMissingOnes_KeepsWhatItKnows()
    {
        var json = """{ "power_state" : "Running" , "invented": {"a":[1,{"b":"]}"}]}, "name_label":"n\u00e4me \"q\" \ud83d\ude00", "domid": 7 }"""u8;

        var vm = (Vm)XapiCodec.For(XapiClass.Vm).Read(json, "OpaqueRef:1", null, new());

        Assert.Equal(VmPowerState.Running, vm.PowerState);
        Assert.Equal("näme \"q\" 😀", vm.NameLabel);
        Assert.Equal(7, vm.Domid);
        Assert.Empty(vm.Vbds);
    }

    [Fact]
    public void Read_ValuesOfANewerXapi_AreUnrecognisedNotFatal()
    {
        var json = """{"power_state":"Dreaming","allowed_operations":["start","levitate"],"current_operations":{"OpaqueRef:t":"levitate"}}"""u8;

        var vm = (Vm)XapiCodec.For(XapiClass.Vm).Read(json, "OpaqueRef:1", null, new());

        Assert.Equal(VmPowerState.Unrecognised, vm.PowerState);
        Assert.Equal(EnumSet<VmOperation>.Of(VmOperation.Start, VmOperation.Unrecognised), vm.AllowedOperations);
        Assert.Equal(VmOperation.Unrecognised, vm.CurrentOperations["OpaqueRef:t"]);
    }

    [Fact]
    public void Read_NumbersAsTextsAndBareNotANumber_AreTaken()
    {
        var json = """{"memory_target":"17179869184","HVM_shadow_multiplier":NaN,"is_a_template":"1","VCPUs_max":9007199254740993}"""u8;

        var vm = (Vm)XapiCodec.For(XapiClass.Vm).Read(json, "OpaqueRef:1", null, new());

        Assert.Equal((17179869184, 9007199254740993, true), (vm.MemoryTarget, vm.VcpusMax, vm.IsATemplate));
        Assert.True(double.IsNaN(vm.HvmShadowMultiplier));
    }

    [Fact]
    public void Read_SameRecordAsBefore_SharesEveryPart()
    {
        var json = """{"uuid":"u","name_label":"web","other_config":{"b":"2","a":"1"},"tags":["x","y"],"VBDs":["OpaqueRef:1","OpaqueRef:2"]}"""u8;
        var codec = XapiCodec.For(XapiClass.Vm);
        var before = (Vm)codec.Read(json, "OpaqueRef:1", null, new());

        var after = (Vm)codec.Read(json, "OpaqueRef:1", before, new());

        Assert.Same(before.NameLabel, after.NameLabel);
        Assert.Same(before.OtherConfig, after.OtherConfig);
        Assert.True(before.Tags == after.Tags);
        Assert.True(before.Vbds == after.Vbds);
    }

    [Fact]
    public void Read_FromAReaderInTheMiddleOfADocument_ReadsThatRecordOnly()
    {
        var reader = new Utf8JsonReader("""{"state": {"name_label":"web","tags":["a"]}, "after": 1}"""u8);
        reader.Read();
        reader.Read();
        reader.Read();

        var vm = (Vm)XapiCodec.For(XapiClass.Vm).Read(ref reader, "OpaqueRef:1", null, new());

        Assert.Equal(("web", JsonTokenType.EndObject), (vm.NameLabel, reader.TokenType));
        Assert.True(reader.Read() && reader.ValueTextEquals("after"));
    }

    [Fact]
    public void Read_AWrongType_FailsAndTheFieldIsFound()
    {
        var json = """{"name_label":"web","domid":"many","tags":[]}"""u8.ToArray();
        var codec = XapiCodec.For(XapiClass.Vm);

        Assert.Throws<JsonException>(() => codec.Read(json, "OpaqueRef:1", null, new()));

        Assert.Equal("domid", codec.FindBroken(json, new()));
    }

    internal static JsonObject Rewritten(XapiCodec codec, XapiObject value)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
            codec.Write(writer, value);
        return JsonNode.Parse(buffer.ToArray())!.AsObject();
    }

    /// <summary>Every member of the source is in the copy with the same value; only the order inside sets of words may differ.</summary>
    internal static void AssertSame(XapiCodec codec, JsonObject source, JsonObject copy)
    {
        foreach (var (name, value) in source)
        {
            var field = codec.FindField(name);
            Assert.True(field is not null, $"{codec.WireName} has no field {name}");
            var (wanted, got) = (value, copy[name]);
            if (field.Type.StartsWith("enum ", StringComparison.Ordinal) && field.Type.EndsWith(" set", StringComparison.Ordinal))
                Assert.Equal(wanted!.AsArray().Select(i => i!.ToString()).Order(), got!.AsArray().Select(i => i!.ToString()).Order());
            else
                Assert.True(JsonNode.DeepEquals(Normal(wanted), Normal(got)), $"{codec.WireName}.{name}: {wanted?.ToJsonString()} became {got?.ToJsonString()}");
        }
    }

    /// <summary>1.0 and 1 are one number.</summary>
    private static JsonNode? Normal(JsonNode? node) => node switch
    {
        JsonValue value when value.GetValueKind() == JsonValueKind.Number && value.ToJsonString().Contains('.') => JsonValue.Create(value.GetValue<double>()),
        JsonValue value when value.GetValueKind() == JsonValueKind.Number => JsonValue.Create((double)value.GetValue<long>()),
        _ => node?.DeepClone(),
    };

    private static XapiObject Read(XapiCodec codec, XapiField field, string value, DecodeContext context) =>
        codec.Read(Encoding.UTF8.GetBytes($$"""{"{{field.Wire}}":{{value}}}"""), "OpaqueRef:1", null, context);

    private sealed class Visits : IReferenceVisitor
    {
        public List<int> Fields { get; } = [];

        public void Visit(int field, string reference) => Fields.Add(field);
    }
}
