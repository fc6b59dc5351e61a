using System.Text;
using System.Text.RegularExpressions;
using XoBlazor.App.Accounts.Ldap;
using XoBlazor.App.Accounts.Ldap.Protocol;
using XoBlazor.Tests.App.Accounts.Ldap.Support;

namespace XoBlazor.Tests.App.Accounts.Ldap;

/// <summary>
/// Values in parts of 1 500, as Active Directory gives them out. Samba has no such bound, so a scripted server answers; its answers are
/// written after MS-ADTS §3.1.1.3.1.3.3, not recorded.
/// </summary>
public sealed partial class RangedValuesTests
{
    [Theory]
    [InlineData(4000, 3)]
    [InlineData(1500, 2)]
    [InlineData(3, 1)]
    public async Task All_ValuesInParts_AreJoined(int count, int requests)
    {
        var asked = 0;
        await using var server = ScriptedServer.Answering(request =>
        {
            // The goodbye asks for nothing.
            if (Range().Match(Encoding.Latin1.GetString(request)) is not { Success: true } range)
                return [];
            asked++;
            var start = int.Parse(range.Groups[1].Value, null);
            return [.. Part(Answers.IdOf(request), start, count), .. Answers.Done(Answers.IdOf(request), Answers.Search, 0)];
        });
        await using var connection = await server.ConnectAsync();
        var first = (LdapEntry)((LdapResponse.Found)LdapDecoder.Decode(Part(1, 0, count))).Item;

        var values = await RangedValues.AllAsync(connection, first, "memberOf", TestContext.Current.CancellationToken);

        Assert.Equal(count, values.Select(Encoding.UTF8.GetString).Distinct().Count());
        Assert.Equal(requests - 1, asked);
    }

    [Fact]
    public async Task All_ServerThatRepeatsAPart_DoesNotKeepUs()
    {
        await using var server = ScriptedServer.Answering(request =>
            [.. Part(Answers.IdOf(request), 0, 4000), .. Answers.Done(Answers.IdOf(request), Answers.Search, 0)]);
        await using var connection = await server.ConnectAsync();
        var first = (LdapEntry)((LdapResponse.Found)LdapDecoder.Decode(Part(1, 0, 4000))).Item;

        var values = await RangedValues.AllAsync(connection, first, "memberOf", TestContext.Current.CancellationToken);

        Assert.Equal(3000, values.Length);
    }

    // Like the real thing, the whole attribute comes empty beside its part; the last part ends with a star.
    private static byte[] Part(int id, int start, int count)
    {
        var end = Math.Min(start + 1500, count);
        var isLast = end == count && count != 1500 + start;
        return Answers.Entry(id, "cn=x,dc=y", ("memberOf", []), ($"memberOf;range={start}-{(isLast ? "*" : $"{end - 1}")}", [.. Enumerable.Range(start, Math.Max(0, end - start)).Select(i => $"cn=g{i}")]));
    }

    [GeneratedRegex(@"range=(\d+)-\*")]
    private static partial Regex Range();
}
