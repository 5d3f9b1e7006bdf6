import RudderAnalytics from '@rudderstack/rudder-sdk-node';

const [host, writeKey, userId] = process.argv.slice(2);
const Client = RudderAnalytics.default ?? RudderAnalytics;
const analytics = new Client(writeKey, { dataPlaneUrl: host, flushAt: 20, gzip: true });
analytics.identify({ userId, traits: { plan: 'pro' } });
analytics.track({ userId, event: 'Order Completed', properties: { total: 27.5 } });
await new Promise((resolve, reject) => analytics.flush((error) => (error ? reject(error) : resolve())));
process.exit(0);
