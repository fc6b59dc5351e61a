namespace XoBlazor.Core.Xapi;

/// <summary>How calls are spelt on the wire.</summary>
public enum XapiProtocol
{
    /// <summary>JSON-RPC 2.0, and XML-RPC when the first answer is not JSON (hosts before 7.3).</summary>
    Detect,
    JsonRpc2,
    JsonRpc1,
    XmlRpc,
}
