using System.Collections.Immutable;
using System.Text.Json;

namespace XoBlazor.Core.Xapi.Wire;

/// <summary>
/// Opens an answer: hands the result on while it arrives, or throws the failure it holds. Takes every shape that hosts were seen to
/// send: JSON-RPC 2.0 and 1.0, an array for an error whatever the version, any id, XML-RPC's struct, a fault, and a bare array.
/// </summary>
internal static class Envelope
{
    private const string UnknownCode = "INTERNAL_ERROR";

    public static async Task<T> OpenAsync<T>(AnswerStream answer, Func<AnswerStream, CancellationToken, ValueTask<T>> read, CancellationToken cancellation)
    {
        if (await answer.PeekAsync(cancellation) == '[')
            return await read(answer, cancellation);

        await answer.OpenAsync('{', cancellation);
        var result = default(T);
        var hasResult = false;
        while (await answer.NextMemberAsync(cancellation) is { } member)
        {
            switch (member)
            {
                case "result" when await answer.PeekAsync(cancellation) == 'n':
                    await answer.ValueAsync(cancellation);
                    break;
                case "result" or "Value":
                    result = await read(answer, cancellation);
                    hasResult = true;
                    break;
                case "error" or "ErrorDescription" or "fault":
                    if (Failure((await answer.ValueAsync(cancellation)).Span) is { } failure)
                        throw failure;
                    break;
                default:
                    await answer.ValueAsync(cancellation);
                    break;
            }
        }

        return hasResult ? result! : throw new JsonException("the answer holds neither a result nor an error");
    }

    private static XapiException? Failure(ReadOnlySpan<byte> error)
    {
        var reader = new WireReader(error);
        switch (reader.Peek())
        {
            case WireKind.Null:
                return null;
            case WireKind.Array:
                var all = Texts(ref reader);
                return all.IsEmpty ? Failure(UnknownCode, []) : Failure(all[0], all[1..]);
            case WireKind.Text:
                return Failure(UnknownCode, [reader.Text()]);
            case WireKind.Object:
                return Described(ref reader);
            default:
                throw new JsonException("the host sent an error of an unknown form");
        }
    }

    private static XapiException Described(ref WireReader reader)
    {
        var code = UnknownCode;
        ImmutableArray<string> parameters = [];
        reader.OpenObject();
        while (reader.NextMember())
        {
            var name = reader.Name(out _);
            if ((name.SequenceEqual("message"u8) || name.SequenceEqual("faultString"u8)) && reader.Peek() == WireKind.Text)
                code = reader.Text();
            else if (name.SequenceEqual("data"u8) && reader.Peek() == WireKind.Array)
                parameters = Texts(ref reader);
            else
                reader.Skip();
        }

        return Failure(code, parameters);
    }

    private static XapiException Failure(string code, ImmutableArray<string> parameters) => code switch
    {
        "SESSION_INVALID" => new XapiSessionLostException(),
        "HOST_IS_SLAVE" when parameters.Length > 0 => new HostIsSlaveException(parameters[0]),
        _ => new XapiFailureException(code, parameters),
    };

    private static ImmutableArray<string> Texts(ref WireReader reader)
    {
        var texts = ImmutableArray.CreateBuilder<string>();
        reader.OpenArray();
        while (reader.NextItem())
            texts.Add(reader.Peek() == WireKind.Text ? reader.Text() : System.Text.Encoding.UTF8.GetString(reader.Skip()));
        return texts.ToImmutable();
    }
}
