// Made by tools/Datamodel from datamodel/xapi.tsv.
#nullable enable

using System.Collections.Immutable;
using System.Text.Json;
using XoBlazor.Core.Model;
using XoBlazor.Core.Xapi.Wire;

namespace XoBlazor.Core.Xapi.Codecs;

/// <summary>The indexes of <see cref="XapiSession"/>'s fields.</summary>
public static class XapiSessionFields
{
    public const int Uuid = 0;
    public const int ThisHost = 1;
    public const int ThisUser = 2;
    public const int LastActive = 3;
    public const int Pool = 4;
    public const int OtherConfig = 5;
    public const int IsLocalSuperuser = 6;
    public const int Subject = 7;
    public const int ValidationTime = 8;
    public const int AuthUserSid = 9;
    public const int AuthUserName = 10;
    public const int RbacPermissions = 11;
    public const int Tasks = 12;
    public const int Parent = 13;
    public const int Originator = 14;
    public const int ClientCertificate = 15;
}

internal sealed class XapiSessionCodec : XapiCodec
{
    private static readonly XapiSession s_blank = new();
    private static readonly FieldTable s_table = new(
    [
        new(0, "uuid", nameof(XapiSession.Uuid), "string", false),
        new(1, "this_host", nameof(XapiSession.ThisHost), "host ref", false),
        new(2, "this_user", nameof(XapiSession.ThisUser), "user ref", false),
        new(3, "last_active", nameof(XapiSession.LastActive), "datetime", false),
        new(4, "pool", nameof(XapiSession.Pool), "bool", false),
        new(5, "other_config", nameof(XapiSession.OtherConfig), "(string -> string) map", false),
        new(6, "is_local_superuser", nameof(XapiSession.IsLocalSuperuser), "bool", false),
        new(7, "subject", nameof(XapiSession.Subject), "subject ref", false),
        new(8, "validation_time", nameof(XapiSession.ValidationTime), "datetime", false),
        new(9, "auth_user_sid", nameof(XapiSession.AuthUserSid), "string", false),
        new(10, "auth_user_name", nameof(XapiSession.AuthUserName), "string", false),
        new(11, "rbac_permissions", nameof(XapiSession.RbacPermissions), "string set", false),
        new(12, "tasks", nameof(XapiSession.Tasks), "task ref set", false),
        new(13, "parent", nameof(XapiSession.Parent), "session ref", false),
        new(14, "originator", nameof(XapiSession.Originator), "string", false),
        new(15, "client_certificate", nameof(XapiSession.ClientCertificate), "bool", false),
    ]);

    public override XapiClass Class => XapiClass.XapiSession;

    public override string WireName => "session";

    public override ImmutableArray<XapiField> Fields => s_table.Fields;

    internal override XapiObject Read(ref WireReader reader, string reference, XapiObject? old, DecodeContext context)
    {
        var before = old as XapiSession ?? s_blank;
        var memo = context.Memo<Memo>((int)XapiClass.XapiSession);
        var f0 = s_blank.Uuid;
        var f1 = s_blank.ThisHost;
        var f2 = s_blank.ThisUser;
        var f3 = s_blank.LastActive;
        var f4 = s_blank.Pool;
        var f5 = s_blank.OtherConfig;
        var f6 = s_blank.IsLocalSuperuser;
        var f7 = s_blank.Subject;
        var f8 = s_blank.ValidationTime;
        var f9 = s_blank.AuthUserSid;
        var f10 = s_blank.AuthUserName;
        var f11 = s_blank.RbacPermissions;
        var f12 = s_blank.Tasks;
        var f13 = s_blank.Parent;
        var f14 = s_blank.Originator;
        var f15 = s_blank.ClientCertificate;
        var next = 0;
        reader.OpenObject();
        while (reader.NextMember())
        {
            switch (s_table.Find(ref reader, ref next))
            {
                case 0: f0 = TextWire.Read(ref reader, before.Uuid, context); break;
                case 1: f1 = RefWire<Host>.Read(ref reader, before.ThisHost, context); break;
                case 2: f2 = RefWire<XapiUser>.Read(ref reader, before.ThisUser, context); break;
                case 3: f3 = TimeWire.Read(ref reader, before.LastActive, context); break;
                case 4: f4 = BoolWire.Read(ref reader, before.Pool, context); break;
                case 5: f5 = memo.F5.Read(ref reader, before.OtherConfig, context); break;
                case 6: f6 = BoolWire.Read(ref reader, before.IsLocalSuperuser, context); break;
                case 7: f7 = RefWire<XapiSubject>.Read(ref reader, before.Subject, context); break;
                case 8: f8 = TimeWire.Read(ref reader, before.ValidationTime, context); break;
                case 9: f9 = memo.F9.Read(ref reader, before.AuthUserSid, context); break;
                case 10: f10 = memo.F10.Read(ref reader, before.AuthUserName, context); break;
                case 11: f11 = memo.F11.Read(ref reader, before.RbacPermissions, context); break;
                case 12: f12 = SetWire<XenRef<XapiTask>, RefWire<XapiTask>>.Read(ref reader, before.Tasks, context); break;
                case 13: f13 = RefWire<XapiSession>.Read(ref reader, before.Parent, context); break;
                case 14: f14 = memo.F14.Read(ref reader, before.Originator, context); break;
                case 15: f15 = BoolWire.Read(ref reader, before.ClientCertificate, context); break;
                default: reader.Skip(); break;
            }
        }

        return new XapiSession
        {
            Ref = reference,
            Uuid = f0,
            ThisHost = f1,
            ThisUser = f2,
            LastActive = f3,
            Pool = f4,
            OtherConfig = f5,
            IsLocalSuperuser = f6,
            Subject = f7,
            ValidationTime = f8,
            AuthUserSid = f9,
            AuthUserName = f10,
            RbacPermissions = f11,
            Tasks = f12,
            Parent = f13,
            Originator = f14,
            ClientCertificate = f15,
        };
    }

    public override FieldSet Compare(XapiObject a, XapiObject b)
    {
        var (x, y) = ((XapiSession)a, (XapiSession)b);
        var changed = FieldSet.None;
        if (!TextWire.Same(x.Uuid, y.Uuid)) changed = changed.With(0);
        if (!RefWire<Host>.Same(x.ThisHost, y.ThisHost)) changed = changed.With(1);
        if (!RefWire<XapiUser>.Same(x.ThisUser, y.ThisUser)) changed = changed.With(2);
        if (!TimeWire.Same(x.LastActive, y.LastActive)) changed = changed.With(3);
        if (!BoolWire.Same(x.Pool, y.Pool)) changed = changed.With(4);
        if (!MapWire<string, TextWire, string, TextWire>.Same(x.OtherConfig, y.OtherConfig)) changed = changed.With(5);
        if (!BoolWire.Same(x.IsLocalSuperuser, y.IsLocalSuperuser)) changed = changed.With(6);
        if (!RefWire<XapiSubject>.Same(x.Subject, y.Subject)) changed = changed.With(7);
        if (!TimeWire.Same(x.ValidationTime, y.ValidationTime)) changed = changed.With(8);
        if (!TextWire.Same(x.AuthUserSid, y.AuthUserSid)) changed = changed.With(9);
        if (!TextWire.Same(x.AuthUserName, y.AuthUserName)) changed = changed.With(10);
        if (!SetWire<string, TextWire>.Same(x.RbacPermissions, y.RbacPermissions)) changed = changed.With(11);
        if (!SetWire<XenRef<XapiTask>, RefWire<XapiTask>>.Same(x.Tasks, y.Tasks)) changed = changed.With(12);
        if (!RefWire<XapiSession>.Same(x.Parent, y.Parent)) changed = changed.With(13);
        if (!TextWire.Same(x.Originator, y.Originator)) changed = changed.With(14);
        if (!BoolWire.Same(x.ClientCertificate, y.ClientCertificate)) changed = changed.With(15);
        return changed;
    }

    public override void WriteField(Utf8JsonWriter writer, XapiObject value, int field)
    {
        var x = (XapiSession)value;
        switch (field)
        {
            case 0: TextWire.Write(writer, x.Uuid); break;
            case 1: RefWire<Host>.Write(writer, x.ThisHost); break;
            case 2: RefWire<XapiUser>.Write(writer, x.ThisUser); break;
            case 3: TimeWire.Write(writer, x.LastActive); break;
            case 4: BoolWire.Write(writer, x.Pool); break;
            case 5: MapWire<string, TextWire, string, TextWire>.Write(writer, x.OtherConfig); break;
            case 6: BoolWire.Write(writer, x.IsLocalSuperuser); break;
            case 7: RefWire<XapiSubject>.Write(writer, x.Subject); break;
            case 8: TimeWire.Write(writer, x.ValidationTime); break;
            case 9: TextWire.Write(writer, x.AuthUserSid); break;
            case 10: TextWire.Write(writer, x.AuthUserName); break;
            case 11: SetWire<string, TextWire>.Write(writer, x.RbacPermissions); break;
            case 12: SetWire<XenRef<XapiTask>, RefWire<XapiTask>>.Write(writer, x.Tasks); break;
            case 13: RefWire<XapiSession>.Write(writer, x.Parent); break;
            case 14: TextWire.Write(writer, x.Originator); break;
            case 15: BoolWire.Write(writer, x.ClientCertificate); break;
            default: throw new ArgumentOutOfRangeException(nameof(field), field, "session has no such field");
        }
    }

    public override void VisitReferences(XapiObject value, IReferenceVisitor visitor)
    {
        var x = (XapiSession)value;
        RefWire<Host>.Visit(x.ThisHost, 1, visitor);
        RefWire<XapiUser>.Visit(x.ThisUser, 2, visitor);
        RefWire<XapiSubject>.Visit(x.Subject, 7, visitor);
        SetWire<XenRef<XapiTask>, RefWire<XapiTask>>.Visit(x.Tasks, 12, visitor);
        RefWire<XapiSession>.Visit(x.Parent, 13, visitor);
    }

    private sealed class Memo
    {
        public FieldMemo<XenMap<string, string>, MapWire<string, TextWire, string, TextWire>> F5;
        public FieldMemo<string, TextWire> F9;
        public FieldMemo<string, TextWire> F10;
        public FieldMemo<ImmutableArray<string>, SetWire<string, TextWire>> F11;
        public FieldMemo<string, TextWire> F14;
    }
}
