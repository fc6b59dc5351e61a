// Made by tools/Datamodel from datamodel/xapi.tsv.
#nullable enable

using System.Collections.Immutable;
using System.Text.Json;
using XoBlazor.Core.Model;
using XoBlazor.Core.Xapi.Wire;

namespace XoBlazor.Core.Xapi.Codecs;

/// <summary>The indexes of <see cref="XapiTask"/>'s fields.</summary>
public static class XapiTaskFields
{
    public const int Uuid = 0;
    public const int NameLabel = 1;
    public const int NameDescription = 2;
    public const int AllowedOperations = 3;
    public const int CurrentOperations = 4;
    public const int Created = 5;
    public const int Finished = 6;
    public const int Status = 7;
    public const int ResidentOn = 8;
    public const int Progress = 9;
    public const int Type = 10;
    public const int Result = 11;
    public const int ErrorInfo = 12;
    public const int OtherConfig = 13;
    public const int SubtaskOf = 14;
    public const int Subtasks = 15;
    public const int Backtrace = 16;
}

internal sealed class XapiTaskCodec : XapiCodec
{
    private static readonly XapiTask s_blank = new();
    private static readonly FieldTable s_table = new(
    [
        new(0, "uuid", nameof(XapiTask.Uuid), "string", false),
        new(1, "name_label", nameof(XapiTask.NameLabel), "string", false),
        new(2, "name_description", nameof(XapiTask.NameDescription), "string", false),
        new(3, "allowed_operations", nameof(XapiTask.AllowedOperations), "enum task_allowed_operations set", false),
        new(4, "current_operations", nameof(XapiTask.CurrentOperations), "(string -> enum task_allowed_operations) map", false),
        new(5, "created", nameof(XapiTask.Created), "datetime", false),
        new(6, "finished", nameof(XapiTask.Finished), "datetime", false),
        new(7, "status", nameof(XapiTask.Status), "enum task_status_type", false),
        new(8, "resident_on", nameof(XapiTask.ResidentOn), "host ref", false),
        new(9, "progress", nameof(XapiTask.Progress), "float", false),
        new(10, "type", nameof(XapiTask.Type), "string", false),
        new(11, "result", nameof(XapiTask.Result), "string", false),
        new(12, "error_info", nameof(XapiTask.ErrorInfo), "string set", false),
        new(13, "other_config", nameof(XapiTask.OtherConfig), "(string -> string) map", false),
        new(14, "subtask_of", nameof(XapiTask.SubtaskOf), "task ref", false),
        new(15, "subtasks", nameof(XapiTask.Subtasks), "task ref set", false),
        new(16, "backtrace", nameof(XapiTask.Backtrace), "string", false),
    ]);

    public override XapiClass Class => XapiClass.XapiTask;

    public override string WireName => "task";

    public override ImmutableArray<XapiField> Fields => s_table.Fields;

    internal override XapiObject Read(ref WireReader reader, string reference, XapiObject? old, DecodeContext context)
    {
        var before = old as XapiTask ?? s_blank;
        var memo = context.Memo<Memo>((int)XapiClass.XapiTask);
        var f0 = s_blank.Uuid;
        var f1 = s_blank.NameLabel;
        var f2 = s_blank.NameDescription;
        var f3 = s_blank.AllowedOperations;
        var f4 = s_blank.CurrentOperations;
        var f5 = s_blank.Created;
        var f6 = s_blank.Finished;
        var f7 = s_blank.Status;
        var f8 = s_blank.ResidentOn;
        var f9 = s_blank.Progress;
        var f10 = s_blank.Type;
        var f11 = s_blank.Result;
        var f12 = s_blank.ErrorInfo;
        var f13 = s_blank.OtherConfig;
        var f14 = s_blank.SubtaskOf;
        var f15 = s_blank.Subtasks;
        var f16 = s_blank.Backtrace;
        var next = 0;
        reader.OpenObject();
        while (reader.NextMember())
        {
            switch (s_table.Find(ref reader, ref next))
            {
                case 0: f0 = TextWire.Read(ref reader, before.Uuid, context); break;
                case 1: f1 = memo.F1.Read(ref reader, before.NameLabel, context); break;
                case 2: f2 = memo.F2.Read(ref reader, before.NameDescription, context); break;
                case 3: f3 = memo.F3.Read(ref reader, before.AllowedOperations, context); break;
                case 4: f4 = memo.F4.Read(ref reader, before.CurrentOperations, context); break;
                case 5: f5 = TimeWire.Read(ref reader, before.Created, context); break;
                case 6: f6 = TimeWire.Read(ref reader, before.Finished, context); break;
                case 7: f7 = memo.F7.Read(ref reader, before.Status, context); break;
                case 8: f8 = RefWire<Host>.Read(ref reader, before.ResidentOn, context); break;
                case 9: f9 = FloatWire.Read(ref reader, before.Progress, context); break;
                case 10: f10 = memo.F10.Read(ref reader, before.Type, context); break;
                case 11: f11 = memo.F11.Read(ref reader, before.Result, context); break;
                case 12: f12 = memo.F12.Read(ref reader, before.ErrorInfo, context); break;
                case 13: f13 = memo.F13.Read(ref reader, before.OtherConfig, context); break;
                case 14: f14 = RefWire<XapiTask>.Read(ref reader, before.SubtaskOf, context); break;
                case 15: f15 = SetWire<XenRef<XapiTask>, RefWire<XapiTask>>.Read(ref reader, before.Subtasks, context); break;
                case 16: f16 = memo.F16.Read(ref reader, before.Backtrace, context); break;
                default: reader.Skip(); break;
            }
        }

        return new XapiTask
        {
            Ref = reference,
            Uuid = f0,
            NameLabel = f1,
            NameDescription = f2,
            AllowedOperations = f3,
            CurrentOperations = f4,
            Created = f5,
            Finished = f6,
            Status = f7,
            ResidentOn = f8,
            Progress = f9,
            Type = f10,
            Result = f11,
            ErrorInfo = f12,
            OtherConfig = f13,
            SubtaskOf = f14,
            Subtasks = f15,
            Backtrace = f16,
        };
    }

    public override FieldSet Compare(XapiObject a, XapiObject b)
    {
        var (x, y) = ((XapiTask)a, (XapiTask)b);
        var changed = FieldSet.None;
        if (!TextWire.Same(x.Uuid, y.Uuid)) changed = changed.With(0);
        if (!TextWire.Same(x.NameLabel, y.NameLabel)) changed = changed.With(1);
        if (!TextWire.Same(x.NameDescription, y.NameDescription)) changed = changed.With(2);
        if (!EnumSetWire<TaskOperation>.Same(x.AllowedOperations, y.AllowedOperations)) changed = changed.With(3);
        if (!MapWire<string, TextWire, TaskOperation, EnumWire<TaskOperation>>.Same(x.CurrentOperations, y.CurrentOperations)) changed = changed.With(4);
        if (!TimeWire.Same(x.Created, y.Created)) changed = changed.With(5);
        if (!TimeWire.Same(x.Finished, y.Finished)) changed = changed.With(6);
        if (!EnumWire<XapiTaskStatus>.Same(x.Status, y.Status)) changed = changed.With(7);
        if (!RefWire<Host>.Same(x.ResidentOn, y.ResidentOn)) changed = changed.With(8);
        if (!FloatWire.Same(x.Progress, y.Progress)) changed = changed.With(9);
        if (!TextWire.Same(x.Type, y.Type)) changed = changed.With(10);
        if (!TextWire.Same(x.Result, y.Result)) changed = changed.With(11);
        if (!SetWire<string, TextWire>.Same(x.ErrorInfo, y.ErrorInfo)) changed = changed.With(12);
        if (!MapWire<string, TextWire, string, TextWire>.Same(x.OtherConfig, y.OtherConfig)) changed = changed.With(13);
        if (!RefWire<XapiTask>.Same(x.SubtaskOf, y.SubtaskOf)) changed = changed.With(14);
        if (!SetWire<XenRef<XapiTask>, RefWire<XapiTask>>.Same(x.Subtasks, y.Subtasks)) changed = changed.With(15);
        if (!TextWire.Same(x.Backtrace, y.Backtrace)) changed = changed.With(16);
        return changed;
    }

    public override void WriteField(Utf8JsonWriter writer, XapiObject value, int field)
    {
        var x = (XapiTask)value;
        switch (field)
        {
            case 0: TextWire.Write(writer, x.Uuid); break;
            case 1: TextWire.Write(writer, x.NameLabel); break;
            case 2: TextWire.Write(writer, x.NameDescription); break;
            case 3: EnumSetWire<TaskOperation>.Write(writer, x.AllowedOperations); break;
            case 4: MapWire<string, TextWire, TaskOperation, EnumWire<TaskOperation>>.Write(writer, x.CurrentOperations); break;
            case 5: TimeWire.Write(writer, x.Created); break;
            case 6: TimeWire.Write(writer, x.Finished); break;
            case 7: EnumWire<XapiTaskStatus>.Write(writer, x.Status); break;
            case 8: RefWire<Host>.Write(writer, x.ResidentOn); break;
            case 9: FloatWire.Write(writer, x.Progress); break;
            case 10: TextWire.Write(writer, x.Type); break;
            case 11: TextWire.Write(writer, x.Result); break;
            case 12: SetWire<string, TextWire>.Write(writer, x.ErrorInfo); break;
            case 13: MapWire<string, TextWire, string, TextWire>.Write(writer, x.OtherConfig); break;
            case 14: RefWire<XapiTask>.Write(writer, x.SubtaskOf); break;
            case 15: SetWire<XenRef<XapiTask>, RefWire<XapiTask>>.Write(writer, x.Subtasks); break;
            case 16: TextWire.Write(writer, x.Backtrace); break;
            default: throw new ArgumentOutOfRangeException(nameof(field), field, "task has no such field");
        }
    }

    public override void VisitReferences(XapiObject value, IReferenceVisitor visitor)
    {
        var x = (XapiTask)value;
        RefWire<Host>.Visit(x.ResidentOn, 8, visitor);
        RefWire<XapiTask>.Visit(x.SubtaskOf, 14, visitor);
        SetWire<XenRef<XapiTask>, RefWire<XapiTask>>.Visit(x.Subtasks, 15, visitor);
    }

    private sealed class Memo
    {
        public FieldMemo<string, TextWire> F1;
        public FieldMemo<string, TextWire> F2;
        public FieldMemo<EnumSet<TaskOperation>, EnumSetWire<TaskOperation>> F3;
        public FieldMemo<XenMap<string, TaskOperation>, MapWire<string, TextWire, TaskOperation, EnumWire<TaskOperation>>> F4;
        public FieldMemo<XapiTaskStatus, EnumWire<XapiTaskStatus>> F7;
        public FieldMemo<string, TextWire> F10;
        public FieldMemo<string, TextWire> F11;
        public FieldMemo<ImmutableArray<string>, SetWire<string, TextWire>> F12;
        public FieldMemo<XenMap<string, string>, MapWire<string, TextWire, string, TextWire>> F13;
        public FieldMemo<string, TextWire> F16;
    }
}
