using System.Formats.Asn1;
using CsCheck;
using XoBlazor.App.Accounts.Ldap.Protocol;

namespace XoBlazor.Tests.App.Accounts.Ldap.Protocol;

public sealed class LdapFilterTests
{
    private static readonly string[] s_attributes = ["cn", "memberOf", "objectClass", "2.5.4.3", "cn;lang-de"];
    private static readonly Gen<string> s_attribute = Gen.Int[0, 4].Select(i => s_attributes[i]);
    private static readonly Gen<ReadOnlyMemory<byte>> s_value = Gen.Byte.Array[1, 12].Select(bytes => (ReadOnlyMemory<byte>)bytes);

    [Theory]
    [InlineData("(cn=Babs Jensen)")]
    [InlineData("(!(cn=Tim Howes))")]
    [InlineData("(&(objectClass=person)(|(sn=Jensen)(cn=Babs J*)))")]
    [InlineData("(o=univ*of*mich*)")]
    [InlineData("(seeAlso=)")]
    [InlineData("(cn:caseExactMatch:=Fred Flintstone)")]
    [InlineData("(cn:=Betty Rubble)")]
    [InlineData("(sn:dn:2.4.6.8.10:=Barney Rubble)")]
    [InlineData("(o:dn:=Ace Industry)")]
    [InlineData("(:1.2.3:=Wilma Flintstone)")]
    [InlineData("(:dn:2.4.6.8.10:=Dino)")]
    [InlineData(@"(o=Parens R Us \28for all your parenthetical needs\29)")]
    [InlineData(@"(cn=*\2a*)")]
    [InlineData(@"(filename=C:\5cMyFile)")]
    [InlineData(@"(bin=\00\00\00\04)")]
    [InlineData(@"(sn=Lu\c4\8di\c4\87)")]
    [InlineData("(member:1.2.840.113556.1.4.1941:=cn=x,dc=y)")]
    [InlineData("(a>=1)")]
    [InlineData("(a<=1)")]
    [InlineData("(a~=1)")]
    [InlineData("(a=*)")]
    [InlineData("(a=b*)")]
    [InlineData("(a=*b)")]
    public void Parse_ExamplesOfTheStandard_ComeBackAsTheyWere(string text) => Assert.Equal(text, LdapFilter.Parse(text).ToString());

    [Fact]
    public void Parse_LettersBeyondAscii_AreTheirUtf8() =>
        Assert.Equal(LdapFilter.Parse(@"(sn=Lu\c4\8di\c4\87)").ToString(), LdapFilter.Parse("(sn=Lučić)").ToString());

    [Fact]
    public void Parse_BlanksBetweenParts_AreIgnored() =>
        Assert.Equal("(&(a=1)(!(b=2)))", LdapFilter.Parse(" (& (a=1)\n  (! (b=2) ) ) ").ToString());

    [Fact]
    public void Parse_WithoutOuterBrackets_IsTaken() => Assert.Equal("(uid=x)", LdapFilter.Parse("uid=x").ToString());

    [Theory]
    [InlineData("")]
    [InlineData("(")]
    [InlineData("()")]
    [InlineData("(cn)")]
    [InlineData("(=x)")]
    [InlineData("(&)")]
    [InlineData("(cn=x")]
    [InlineData("(cn=x))")]
    [InlineData("(cn=x)(cn=y)")]
    [InlineData(@"(cn=\)")]
    [InlineData(@"(cn=\4)")]
    [InlineData(@"(cn=\zz)")]
    [InlineData("(cn=a**b)")]
    [InlineData("(c n=x)")]
    [InlineData("(:=x)")]
    [InlineData("(cn:a:b:=x)")]
    [InlineData("(cn>x)")]
    public void Parse_Nonsense_SaysWhereAndWhy(string text)
    {
        var wrong = Assert.Throws<FormatException>(() => LdapFilter.Parse(text));

        Assert.Contains("wrong at character", wrong.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_HalfACharacter_IsRefused() => Assert.Throws<FormatException>(() => LdapFilter.Parse("(cn=\ud800)"));

    [Fact]
    public void Parse_TooDeepOrTooLong_IsRefused()
    {
        var deep = string.Concat(Enumerable.Repeat("(!", 100_000 / 2)) + "(a=1)";
        var nested = string.Concat(Enumerable.Repeat("(!", 40)) + "(a=1)" + new string(')', 40);

        Assert.Contains("longer", Assert.Throws<FormatException>(() => LdapFilter.Parse(deep)).Message, StringComparison.Ordinal);
        Assert.Contains("deeper", Assert.Throws<FormatException>(() => LdapFilter.Parse(nested)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_AnyText_GivesAFilterOrAFormatException() =>
        Gen.String[Gen.Char["()&|!=*<>~:\\ab01 \u00e4\ud83d"], 0, 30].Sample(text =>
        {
            try
            {
                LdapFilter.Parse(text).ToString();
            }
            catch (FormatException)
            {
                // This is the one way to fail.
            }
        }, iter: 20_000);

    [Fact]
    public void ToString_AnyTree_ParsesBackToTheSameBytes() =>
        Trees(3).Sample(filter => Wire(filter).AsSpan().SequenceEqual(Wire(LdapFilter.Parse(filter.ToString()))), iter: 5_000);

    [Fact]
    public void Escape_EveryOctet_LeavesNothingWithAMeaning()
    {
        var all = Enumerable.Range(0, 256).Select(number => (byte)number).ToArray();

        var filter = LdapFilter.Parse($"(cn={LdapFilterText.Escape(all)})");

        Assert.Equal(all, Assert.IsType<LdapFilter.Equality>(filter).Value.ToArray());
    }

    private static Gen<LdapFilter> Trees(int depth)
    {
        var leaf = Gen.OneOf<LdapFilter>(
            Gen.Select(s_attribute, s_value, (a, v) => (LdapFilter)new LdapFilter.Equality(a, v)),
            Gen.Select(s_attribute, s_value, (a, v) => (LdapFilter)new LdapFilter.GreaterOrEqual(a, v)),
            Gen.Select(s_attribute, s_value, (a, v) => (LdapFilter)new LdapFilter.LessOrEqual(a, v)),
            Gen.Select(s_attribute, s_value, (a, v) => (LdapFilter)new LdapFilter.Approximate(a, v)),
            s_attribute.Select(a => (LdapFilter)new LdapFilter.Present(a)),
            Gen.Select(s_attribute, s_value.Array[1, 3], Gen.Bool, (a, v, first) =>
                (LdapFilter)new LdapFilter.Substrings(a, first ? v[0] : default, [.. v.Skip(first ? 1 : 0)], default)),
            Gen.Select(s_attribute, s_value, Gen.Bool, (a, v, dn) => (LdapFilter)new LdapFilter.Extensible("1.2.3", a, v, dn)));
        if (depth == 0)
            return leaf;

        var part = Trees(depth - 1);
        return Gen.OneOf(
            leaf,
            part.Array[1, 3].Select(parts => (LdapFilter)new LdapFilter.And([.. parts])),
            part.Array[1, 3].Select(parts => (LdapFilter)new LdapFilter.Or([.. parts])),
            part.Select(one => (LdapFilter)new LdapFilter.Not(one)));
    }

    private static byte[] Wire(LdapFilter filter)
    {
        var writer = new AsnWriter(AsnEncodingRules.BER);
        LdapFilterWriter.Write(writer, filter);
        return writer.Encode();
    }
}
