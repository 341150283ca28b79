export * from '@hubex-kit/receiver/yandex-functions';
