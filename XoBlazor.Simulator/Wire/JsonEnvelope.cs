using System.Text;
using XoBlazor.Simulator.Calls;
using XoBlazor.Simulator.Data;

namespace XoBlazor.Simulator.Wire;

/// <summary>What stands before and behind the result in a JSON-RPC answer.</summary>
internal static class JsonEnvelope
{
    public static (byte[] Head, byte[] Tail) Around(JsonRpcRequest request, RpcAnswer answer)
    {
        var version = request.Version == JsonRpcVersion.Two;
        var (head, tail) = answer.Failure switch
        {
            null when version => ("{\"jsonrpc\":\"2.0\",\"result\":", $",\"id\":{request.Id}}}"),
            null => ("{\"result\":", $",\"error\":null,\"id\":{request.Id}}}"),
            // Found before dispatch: xapi answers in a mixture of both versions, whatever was asked.
            _ when answer.IsEarly => ($"{{\"jsonrpc\":\"2.0\",\"error\":{List(answer.Failure)},\"id\":0}}", ""),
            var failure when version => (
                $"{{\"jsonrpc\":\"2.0\",\"error\":{{\"code\":1,\"message\":{Text(failure.Code)},\"data\":{Parameters(failure)}}},\"id\":{request.Id}}}", ""),
            var failure => ($"{{\"result\":null,\"error\":{List(failure)},\"id\":{request.Id}}}", ""),
        };
        return (Encoding.UTF8.GetBytes(head), Encoding.UTF8.GetBytes(tail));
    }

    private static string List(XapiException failure) => Text(XapiValue.SetOf([failure.Code, .. failure.Parameters]));

    private static string Parameters(XapiException failure) => Text(XapiValue.SetOf(failure.Parameters));

    private static string Text(XapiValue value) => Encoding.UTF8.GetString(JsonText.Of(value));
}
