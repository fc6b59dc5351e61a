using System.Text;
using XoBlazor.Core.Xapi;
using XoBlazor.Core.Xapi.Codecs;
using XoBlazor.Tests.Support;

namespace XoBlazor.Tests.Xapi;

/// <summary>A host that answers with damaged HTTP: each call ends soon, with an answer or with a failure of ours.</summary>
public sealed class HttpFuzzTests
{
    private static readonly byte[] s_answer = ScriptedHost.Json(
        """{"jsonrpc":"2.0","result":{"events":[{"class":"vm","operation":"add","ref":"OpaqueRef:a","snapshot":{"name_label":"a","domid":"1"}}],"valid_ref_counts":{"vm":1},"token":"1,1"},"id":1}""");

    [Fact]
    public async Task Answer_WithBytesChangedCutOrRepeated_IsReadOrAFailureOfOurs()
    {
        using var run = LongRun.Seeded(usual: 150, many: 8000);
        using var patience = Patience.Source(TimeSpan.FromMinutes(15));
        var random = new Random(run.Seed);
        var answer = s_answer;
        await using var host = ScriptedHost.Behaving(async (request, stream, token) =>
        {
            if (request.Method == "session.login_with_password")
            {
                await stream.WriteAsync(ScriptedHost.Json("""{"jsonrpc":"2.0","result":"OpaqueRef:5e551011","id":1}"""), token);
                return;
            }

            await stream.WriteAsync(answer, token);
            throw new IOException("The host hangs up.");
        });
        await using var connection = new XapiConnection(host.Endpoint, new("root", "secret"));

        for (var round = 0; round < run.Rounds; round++)
        {
            answer = Damage(random);
            await connection.LogInAsync(patience.Token);
            var ended = await Record.ExceptionAsync(() => connection.EventFromAsync(["*"], "", TimeSpan.FromSeconds(1), new DecodeContext(), _ => null, patience.Token));

            Assert.True(ended is null or XapiException, $"seed {run.Seed}, round {round}: {ended}\n{Encoding.Latin1.GetString(answer)}");
        }
    }

    private static byte[] Damage(Random random)
    {
        var bytes = s_answer.ToList();
        for (var i = random.Next(1, 4); i > 0; i--)
        {
            var place = random.Next(bytes.Count);
            switch (random.Next(4))
            {
                case 0:
                    bytes[place] = (byte)random.Next(256);
                    break;
                case 1:
                    bytes.RemoveRange(place, Math.Min(random.Next(1, 20), bytes.Count - place));
                    break;
                case 2:
                    bytes.InsertRange(place, bytes.Skip(place).Take(random.Next(1, 40)).ToList());
                    break;
                default:
                    bytes.Insert(place, (byte)"\r\n\0:{}[]\",0"[random.Next(11)]);
                    break;
            }
        }
        return [.. bytes];
    }
}
