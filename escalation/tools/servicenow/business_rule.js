/*
 * Business rule: tell Baton that an incident changed.
 *
 * Application: Global    Table: Incident [incident]
 * When: after    Insert: yes    Update: yes    Advanced: yes
 * Condition: current.correlation_display == 'Baton'
 *
 * "after", because an "async" rule no longer knows what changed; executeAsync, so that the person who
 * saves does not wait for the network. No text of any note leaves ServiceNow; Baton reads the record
 * again with its own rights.
 *
 * Once, as an administrator, set three system properties (type "password2" for the secret):
 *   x_baton.url      the address that Baton's connection page shows
 *   x_baton.secret   the secret that it shows, base64-encoded
 *   x_baton.timeout  milliseconds, as 5000
 */
(function executeRule(current, previous /* null on insert */) {
  var WATCHED = ['state', 'hold_reason', 'assignment_group', 'assigned_to', 'priority', 'close_code',
    'close_notes', 'work_notes', 'comments'];

  function changedFields() {
    var changed = [];
    for (var place = 0; place < WATCHED.length; place++) {
      var name = WATCHED[place];
      if (!previous || current[name].changes()) {
        changed.push(name);
      }
    }
    return changed;
  }

  function hexOf(base64) {
    var bytes = GlideStringUtil.base64DecodeAsBytes(base64);
    var hex = '';
    for (var place = 0; place < bytes.length; place++) {
      hex += ('0' + (bytes[place] & 0xff).toString(16)).slice(-2);
    }
    return hex;
  }

  var body = JSON.stringify({
    event_id: gs.generateGUID(),
    table: current.getTableName(),
    sys_id: current.getUniqueValue(),
    number: current.getValue('number'),
    correlation_id: current.getValue('correlation_id'),
    state: current.getValue('state'),
    sys_mod_count: current.getValue('sys_mod_count'),
    sys_updated_on: current.getValue('sys_updated_on'),
    changed: changedFields()
  });
  var timestamp = String(Math.floor(new GlideDateTime().getNumericValue() / 1000));
  // The key of generateMac is base64; the signature covers "<timestamp>.<body>".
  var mac = new CertificateEncryption().generateMac(
    gs.getProperty('x_baton.secret'), 'HmacSHA256', timestamp + '.' + body);

  var request = new sn_ws.RESTMessageV2();
  request.setEndpoint(gs.getProperty('x_baton.url'));
  request.setHttpMethod('POST');
  request.setHttpTimeout(parseInt(gs.getProperty('x_baton.timeout', '5000'), 10));
  request.setRequestHeader('Content-Type', 'application/json');
  request.setRequestHeader('X-Baton-Timestamp', timestamp);
  request.setRequestHeader('X-Baton-Signature', 'sha256=' + hexOf(mac));
  request.setRequestBody(body);
  // The answer is not waited for. A call that fails loses nothing: Baton polls for what it was not told.
  request.executeAsync();
})(current, previous);
